-- Hosts and apps that sent records. Times are in milliseconds since the epoch.
CREATE TABLE log_source (
  host VARCHAR(200) NOT NULL,
  app VARCHAR(200) NOT NULL,
  first_seen BIGINT NOT NULL,
  last_seen BIGINT NOT NULL,
  records BIGINT NOT NULL,
  rate DOUBLE PRECISION NOT NULL,
  error_rate DOUBLE PRECISION NOT NULL,
  rhythm VARCHAR(400) NOT NULL,
  PRIMARY KEY (host, app)
);
