-- What a notice says of an alert: its severity, the number with which its value was compared, and the condition with
-- its numbers.
ALTER TABLE alert_active ADD COLUMN severity VARCHAR(20);
ALTER TABLE alert_active ADD COLUMN threshold DOUBLE PRECISION;
ALTER TABLE alert_active ADD COLUMN reason VARCHAR DEFAULT '' NOT NULL;
ALTER TABLE alert_active ADD COLUMN started_at TIMESTAMP(9) WITH TIME ZONE;

UPDATE alert_active SET started_at = since;
UPDATE alert_active SET severity =
  COALESCE((SELECT r.severity FROM alert_rule r WHERE r.id = alert_active.rule_id), 'warning');

ALTER TABLE alert_active ALTER COLUMN severity SET NOT NULL;
ALTER TABLE alert_active ALTER COLUMN started_at SET NOT NULL;

ALTER TABLE alert_history ADD COLUMN kind VARCHAR(20) DEFAULT 'threshold' NOT NULL;
ALTER TABLE alert_history ADD COLUMN threshold DOUBLE PRECISION;
ALTER TABLE alert_history ADD COLUMN reason VARCHAR DEFAULT '' NOT NULL;
ALTER TABLE alert_history ADD COLUMN since TIMESTAMP(9) WITH TIME ZONE;

UPDATE alert_history SET since = changed_at;

ALTER TABLE alert_history ALTER COLUMN since SET NOT NULL;
