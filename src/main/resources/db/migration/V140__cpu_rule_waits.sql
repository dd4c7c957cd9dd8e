-- As V80, for databases that print 80.0 as 80.
UPDATE alert_rule SET for_ms = 300000
WHERE id = 'host-cpu' AND name = 'CPU usage is high'
  AND query = 'app:=host-metrics | stats by (host) avg(cpu_usage) value'
  AND window_ms = 60000 AND interval_ms = 5000 AND for_ms = 0 AND keep_firing_ms = 0
  AND severity = 'warning' AND kind = 'threshold'
  AND terms = '{"comparison":">","threshold":80}';
