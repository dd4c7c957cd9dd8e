-- Comes with the canary, which is off by default; the server switches both together.
INSERT INTO alert_rule (id, name, query, window_ms, interval_ms, for_ms, severity, enabled, terms) VALUES
  ('canary', 'Records of the canary are lost', 'app:=logcaster-canary canary_lost:* | stats by (canary_route) sum(canary_lost) value', 300000, 15000, 0, 'critical', FALSE, '{"comparison":">","threshold":0}');
