package io.logcaster.notice.channel;

/** What values of an option look like. */
public enum OptionType {
  TEXT,
  URL,
  NUMBER,
  FLAG,
  /** A list of texts. */
  LIST,
  /** Texts by name. */
  MAP
}
