-- Deletions by query. Times are milliseconds since the epoch but for the range, which is nanoseconds. Those that were not
-- finished go on after a restart.
CREATE TABLE delete_task (
  id VARCHAR(36) PRIMARY KEY,
  query CHARACTER LARGE OBJECT NOT NULL,
  min_time BIGINT NOT NULL,
  max_time BIGINT NOT NULL,
  state VARCHAR(20) NOT NULL,
  deleted BIGINT NOT NULL,
  done INT NOT NULL,
  total INT NOT NULL,
  created BIGINT NOT NULL,
  started BIGINT,
  finished BIGINT,
  error CHARACTER LARGE OBJECT
);
