package io.logcaster.ingest.text;

/** What messages are, where they are not told by how they begin. */
public enum TextFormat {
  SYSLOG('<', "syslog: no priority"),
  JSON('{', "json: no object"),
  GELF('{', "gelf: no object"),
  RAW(0, "");

  private final int first;
  private final String error;

  TextFormat(int first, String error) {
    this.first = first;
    this.error = error;
  }

  /** Whether a message with some first byte may be of the format. */
  boolean mayBegin(byte b) {
    return first == b;
  }

  /** Why one that may not is kept as a plain line. */
  String error() {
    return error;
  }
}
