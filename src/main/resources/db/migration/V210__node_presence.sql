-- The LogCasters that share this database. Each tells every few seconds that it runs, how it is and where others reach it.
CREATE TABLE node_presence (
  id VARCHAR(64) PRIMARY KEY,
  name VARCHAR(255) NOT NULL,
  url VARCHAR(1000) NOT NULL,
  status VARCHAR(20000) NOT NULL,
  seen TIMESTAMP WITH TIME ZONE NOT NULL
);
