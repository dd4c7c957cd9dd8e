-- Kinds of rules. What depends on the kind is a JSON object.
ALTER TABLE alert_rule ADD COLUMN kind VARCHAR(20) DEFAULT 'threshold' NOT NULL;
ALTER TABLE alert_rule ADD COLUMN keep_firing_ms BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE alert_rule ADD COLUMN terms VARCHAR DEFAULT '{}' NOT NULL;

UPDATE alert_rule SET terms =
  '{"comparison":"' || comparison || '","threshold":' || CAST(threshold AS VARCHAR) || '}';

ALTER TABLE alert_rule DROP COLUMN comparison;
ALTER TABLE alert_rule DROP COLUMN threshold;

-- Timers of active alerts, so that a restart continues them.
ALTER TABLE alert_active ADD COLUMN clear_since TIMESTAMP(9) WITH TIME ZONE;
ALTER TABLE alert_active ADD COLUMN lower_since TIMESTAMP(9) WITH TIME ZONE;

-- The groups that rules of kind absence watch, and the query with which they were found.
CREATE TABLE alert_watch (
  rule_id VARCHAR(64) PRIMARY KEY,
  query VARCHAR(10000) NOT NULL
);

CREATE TABLE alert_known_group (
  rule_id VARCHAR(64) NOT NULL,
  labels VARCHAR NOT NULL,
  last_seen TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (rule_id, labels)
);
