-- One row a batch of up to some thousand records, in the order they came. Its body is the batch as the write-ahead log
-- encodes it: inserting it costs a fraction of one row a record, and reading it no parsing.
CREATE TABLE record_batches (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  min_time BIGINT NOT NULL,
  max_time BIGINT NOT NULL,
  records INT NOT NULL,
  body BYTEA NOT NULL
);

CREATE INDEX record_batches_by_time ON record_batches (max_time, id);
