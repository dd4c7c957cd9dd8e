package io.logcaster.ingest;

/** What an input takes. */
public enum Protocol {
  /** All; each connection, or datagram, decides by its first bytes. */
  AUTO,
  SYSLOG,
  JSON,
  RAW,
  GELF,
  FORWARD,
  LUMBERJACK,
  FRAMED
}
