-- What only one node does at a time, such as evaluating rules. The token grows with every holder, the beat while it lives;
-- a beat of -1 means that its holder has given it back.
CREATE TABLE node_lease (
  name VARCHAR(64) PRIMARY KEY,
  holder VARCHAR(64) NOT NULL,
  token BIGINT NOT NULL,
  beat BIGINT NOT NULL
);
