-- A minute of work is no news. The shipped rule waits for five minutes, where nobody has changed it.
UPDATE alert_rule SET for_ms = 300000
WHERE id = 'host-cpu' AND name = 'CPU usage is high'
  AND query = 'app:=host-metrics | stats by (host) avg(cpu_usage) value'
  AND window_ms = 60000 AND interval_ms = 5000 AND for_ms = 0 AND keep_firing_ms = 0
  AND severity = 'warning' AND kind = 'threshold'
  AND terms = '{"comparison":">","threshold":80.0}';
