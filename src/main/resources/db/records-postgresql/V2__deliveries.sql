-- The last delivery of each client that counts what it sends: written in the transaction of its records. Those with the
-- lowest number in seen delivered nothing for longest.
CREATE TABLE deliveries (
  client VARCHAR(128) NOT NULL PRIMARY KEY,
  last_sequence BIGINT NOT NULL,
  seen BIGINT NOT NULL
);
