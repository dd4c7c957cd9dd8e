-- Settings changed while the server runs (a replaced record filter, for example); a value is JSON that its feature reads.
CREATE TABLE settings (
  name VARCHAR(200) PRIMARY KEY,
  setting_value VARCHAR NOT NULL,
  changed_at TIMESTAMP WITH TIME ZONE NOT NULL
);
