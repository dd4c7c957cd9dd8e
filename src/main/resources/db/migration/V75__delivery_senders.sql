-- Senders that number what they send. Times are in milliseconds since the epoch, gaps are JSON.
CREATE TABLE delivery_sender (
  protocol VARCHAR(16) NOT NULL,
  name VARCHAR(512) NOT NULL,
  first_seen BIGINT NOT NULL,
  last_seen BIGINT NOT NULL,
  first_number BIGINT NOT NULL,
  last_number BIGINT NOT NULL,
  received BIGINT NOT NULL,
  records BIGINT NOT NULL,
  repeated BIGINT NOT NULL,
  restarts INT NOT NULL,
  gaps VARCHAR NOT NULL,
  closed_gaps VARCHAR NOT NULL,
  -- Whether the server has run since and not been stopped in order.
  open BOOLEAN NOT NULL,
  PRIMARY KEY (protocol, name)
);
