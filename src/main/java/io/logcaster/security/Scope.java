package io.logcaster.security;

/** What an authenticated sender or reader may do. */
public enum Scope {
  /** Send records. */
  INGEST,
  /** Read records and everything about the server, change nothing. */
  QUERY,
  /** Ask a node as another LogCaster. */
  NODE,
  /** Everything. */
  ADMIN
}
