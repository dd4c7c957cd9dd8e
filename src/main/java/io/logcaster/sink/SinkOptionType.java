package io.logcaster.sink;

/** What values of an option look like. */
public enum SinkOptionType {
  TEXT,
  /** Text of several lines, such as a certificate or a template. */
  LONG_TEXT,
  URL,
  NUMBER,
  FLAG,
  /** A size such as {@code 100MB}. */
  SIZE,
  /** A duration such as {@code 30s}. */
  DURATION,
  /** A list of texts. */
  LIST,
  /** Texts by name. */
  MAP
}
