CREATE TABLE transform_version (
  version BIGINT PRIMARY KEY,
  -- The transforms as JSON, as in PUT /api/v1/transforms.
  body CLOB NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  author VARCHAR(200) NOT NULL,
  -- The version of which this is a copy.
  copy_of BIGINT
);
