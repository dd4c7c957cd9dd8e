package io.logcaster.notice.channel;

/** What values of an option look like. */
public enum OptionType {
  TEXT,
  /** Text of several lines, such as a certificate or a template. */
  LONG_TEXT,
  URL,
  NUMBER,
  FLAG,
  /** A list of texts. */
  LIST,
  /** Texts by name. */
  MAP
}
