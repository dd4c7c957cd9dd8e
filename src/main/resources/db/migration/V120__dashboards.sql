-- Dashboards; the body is JSON: everything but these columns.
CREATE TABLE dashboard (
  id VARCHAR(36) PRIMARY KEY,
  name VARCHAR(200) NOT NULL,
  version BIGINT NOT NULL,
  body CHARACTER LARGE OBJECT NOT NULL
);
