-- One row a record. Fields are a JSON object, so that other programs can read them with SQL.
CREATE TABLE records (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  time_ns BIGINT NOT NULL,
  severity SMALLINT NOT NULL,
  stream_fields VARCHAR(10000) NOT NULL,
  message VARCHAR(1048576) NOT NULL,
  fields VARCHAR(1048576) NOT NULL
);

CREATE INDEX records_by_time ON records (time_ns, id);
