-- Queries whose results become series; the values lie in data/series.
CREATE TABLE series_definition (
  id VARCHAR(64) PRIMARY KEY,
  name VARCHAR(200) NOT NULL UNIQUE,
  query VARCHAR(10000) NOT NULL,
  step_ms BIGINT NOT NULL,
  created_ms BIGINT NOT NULL
);
