-- Where records go out. Options are a JSON object; those that are secret are encrypted, each for itself.
CREATE TABLE sink (
  id VARCHAR(64) PRIMARY KEY,
  name VARCHAR(200) NOT NULL,
  type VARCHAR(40) NOT NULL,
  enabled BOOLEAN NOT NULL,
  paused BOOLEAN DEFAULT FALSE NOT NULL,
  filter VARCHAR NOT NULL,
  from_time VARCHAR(64) NOT NULL,
  batch_size INTEGER NOT NULL,
  linger_millis BIGINT NOT NULL,
  queue_bytes BIGINT NOT NULL,
  when_full VARCHAR(20) NOT NULL,
  options VARCHAR NOT NULL,
  created_at TIMESTAMP(9) WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL
);
