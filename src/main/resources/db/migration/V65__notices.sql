-- Where notices go. Options are a JSON object; those that are secret are encrypted, each for itself.
CREATE TABLE notice_channel (
  id VARCHAR(64) PRIMARY KEY,
  name VARCHAR(200) NOT NULL,
  type VARCHAR(20) NOT NULL,
  options VARCHAR NOT NULL,
  enabled BOOLEAN NOT NULL,
  created_at TIMESTAMP(9) WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL
);

-- Notices that wait to be delivered, in the order of their ids, and those that could not be.
CREATE TABLE notice_delivery (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  channel_id VARCHAR(64) NOT NULL,
  notice_id VARCHAR(200) NOT NULL,
  title VARCHAR(300) NOT NULL,
  body VARCHAR NOT NULL,
  attempts INTEGER NOT NULL,
  due_at TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  dead BOOLEAN NOT NULL,
  error VARCHAR(1000) NOT NULL,
  created_at TIMESTAMP(9) WITH TIME ZONE NOT NULL
);

CREATE INDEX notice_delivery_waiting ON notice_delivery (dead, channel_id, id);

-- What has been told about each group of alerts, so that a restart neither forgets nor repeats it.
CREATE TABLE notice_group (
  id VARCHAR(64) PRIMARY KEY,
  body VARCHAR NOT NULL
);

CREATE TABLE alert_acknowledgement (
  rule_id VARCHAR(64) NOT NULL,
  labels VARCHAR NOT NULL,
  author VARCHAR(200) NOT NULL,
  note VARCHAR(1000) NOT NULL,
  acknowledged_at TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (rule_id, labels)
);

-- Times in which alerts are not told of: once, or every week.
CREATE TABLE alert_maintenance (
  id VARCHAR(64) PRIMARY KEY,
  body VARCHAR NOT NULL
);

-- Silences had equality only; conditions are texts such as app=~web.*.
ALTER TABLE alert_silence ADD COLUMN conditions VARCHAR DEFAULT '[]' NOT NULL;
ALTER TABLE alert_silence ADD COLUMN author VARCHAR(200) DEFAULT '' NOT NULL;
ALTER TABLE alert_silence ADD COLUMN warned BOOLEAN DEFAULT FALSE NOT NULL;
