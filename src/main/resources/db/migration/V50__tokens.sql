CREATE TABLE token (
  id VARCHAR(36) PRIMARY KEY,
  name VARCHAR(200) NOT NULL UNIQUE,
  scopes VARCHAR(100) NOT NULL,
  -- SHA-256 of the token, hexadecimal.
  digest CHAR(64) NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL
);
