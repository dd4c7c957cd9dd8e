-- Nodes that share this database have counted different things of the same senders and sources. Rows without a node are
-- those of a database that only one node has.
CREATE TABLE delivery_sender_of_node (
  node VARCHAR(64) DEFAULT '' NOT NULL,
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
  PRIMARY KEY (node, protocol, name)
);
INSERT INTO delivery_sender_of_node
  (protocol, name, first_seen, last_seen, first_number, last_number, received, records, repeated, restarts, gaps, closed_gaps, open)
  SELECT protocol, name, first_seen, last_seen, first_number, last_number, received, records, repeated, restarts, gaps, closed_gaps, open
  FROM delivery_sender;
DROP TABLE delivery_sender;
ALTER TABLE delivery_sender_of_node RENAME TO delivery_sender;

CREATE TABLE log_source_of_node (
  node VARCHAR(64) DEFAULT '' NOT NULL,
  host VARCHAR(200) NOT NULL,
  app VARCHAR(200) NOT NULL,
  first_seen BIGINT NOT NULL,
  last_seen BIGINT NOT NULL,
  records BIGINT NOT NULL,
  rate DOUBLE PRECISION NOT NULL,
  error_rate DOUBLE PRECISION NOT NULL,
  rhythm VARCHAR(400) NOT NULL,
  PRIMARY KEY (node, host, app)
);
INSERT INTO log_source_of_node (host, app, first_seen, last_seen, records, rate, error_rate, rhythm)
  SELECT host, app, first_seen, last_seen, records, rate, error_rate, rhythm FROM log_source;
DROP TABLE log_source;
ALTER TABLE log_source_of_node RENAME TO log_source;
