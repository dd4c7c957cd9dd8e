package io.logcaster.query.lang;

/**
 * A token of a query's text.
 *
 * @param kind what it is
 * @param text its meaning; for a quoted token, the text between the quotes
 * @param start its index in the text
 * @param end the index after it
 * @param spaced whether white space or a comment precedes it
 */
record Token(Kind kind, String text, int start, int end, boolean spaced) {

  enum Kind {
    /** Letters, digits, underscores and dots. */
    WORD,
    /** A text in quotes. */
    QUOTED,
    /** One other character. */
    SYMBOL,
    /** The end of the text. */
    END
  }

  boolean is(String word) {
    return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(word);
  }

  boolean isQuoted() {
    return kind == Kind.QUOTED;
  }

  boolean isEnd() {
    return kind == Kind.END;
  }

  /** The token for an error message. */
  String shown() {
    return isEnd()
        ? "the end of the query"
        : "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
  }
}
