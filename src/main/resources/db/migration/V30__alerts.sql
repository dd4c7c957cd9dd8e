-- Alert rules. Durations are in milliseconds, labels and matchers JSON objects with their keys in order.
CREATE TABLE alert_rule (
  id VARCHAR(64) PRIMARY KEY,
  name VARCHAR(200) NOT NULL,
  query VARCHAR(10000) NOT NULL,
  window_ms BIGINT NOT NULL,
  interval_ms BIGINT NOT NULL,
  comparison VARCHAR(2) NOT NULL,
  threshold DOUBLE PRECISION NOT NULL,
  for_ms BIGINT NOT NULL,
  severity VARCHAR(20) NOT NULL,
  enabled BOOLEAN NOT NULL,
  created_at TIMESTAMP(9) WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL
);

-- Alerts that are pending or firing, so that a restart neither forgets nor repeats them.
CREATE TABLE alert_active (
  rule_id VARCHAR(64) NOT NULL,
  labels VARCHAR NOT NULL,
  state VARCHAR(10) NOT NULL,
  alert_value DOUBLE PRECISION NOT NULL,
  since TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (rule_id, labels)
);

-- Every change of a state. The rule's name is kept as it was, because rules are renamed and deleted.
CREATE TABLE alert_history (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  rule_id VARCHAR(64) NOT NULL,
  name VARCHAR(200) NOT NULL,
  severity VARCHAR(20) NOT NULL,
  labels VARCHAR NOT NULL,
  from_state VARCHAR(10) NOT NULL,
  to_state VARCHAR(10) NOT NULL,
  alert_value DOUBLE PRECISION NOT NULL,
  changed_at TIMESTAMP(9) WITH TIME ZONE NOT NULL
);

CREATE INDEX alert_history_changed_at ON alert_history (changed_at);

CREATE TABLE alert_silence (
  id VARCHAR(64) PRIMARY KEY,
  matchers VARCHAR NOT NULL,
  note VARCHAR(1000) NOT NULL,
  until TIMESTAMP(9) WITH TIME ZONE NOT NULL
);

-- The rules that come with the server. They are the user's from now on: edited or deleted, they stay so.
INSERT INTO alert_rule (id, name, query, window_ms, interval_ms, comparison, threshold, for_ms, severity, enabled) VALUES
  ('host-cpu', 'CPU usage is high', 'app:=host-metrics | stats by (host) avg(cpu_usage) value', 60000, 5000, '>', 80, 0, 'warning', TRUE),
  ('host-memory', 'Memory usage is high', 'app:=host-metrics | stats by (host) avg(memory_usage) value', 60000, 5000, '>', 85, 0, 'warning', TRUE),
  ('host-disk', 'The busiest disk is near its limit', 'app:=host-metrics | stats by (host) avg(disk_io) value', 60000, 5000, '>', 70, 0, 'warning', TRUE);
