CREATE TABLE saved_search (
  id VARCHAR(36) PRIMARY KEY,
  name VARCHAR(200) NOT NULL,
  query CHARACTER LARGE OBJECT NOT NULL,
  time_range VARCHAR(200),
  -- A JSON array of the names of fields.
  columns CHARACTER LARGE OBJECT
);
