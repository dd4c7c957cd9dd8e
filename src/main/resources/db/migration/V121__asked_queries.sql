-- Who asked which query, and when last: the console's noise bill says who reads a message.
CREATE TABLE asked_query (
  id VARCHAR(64) PRIMARY KEY,
  asker VARCHAR(200) NOT NULL,
  query VARCHAR(2000) NOT NULL,
  times BIGINT NOT NULL,
  last_ms BIGINT NOT NULL
);
