package io.logcaster.query.lang;

/**
 * A text is not a valid query. The message says what was expected; line and column, counted from 1,
 * say where.
 */
public final class QuerySyntaxException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The stable code of the error: {@code query_syntax}. */
  static final String CODE = "query_syntax";

  private final int line;

  private final int column;

  private final int offset;

  /**
   * Describes an error.
   *
   * @param detail what is wrong or was expected
   * @param text the whole text
   * @param offset the index in the text
   */
  public QuerySyntaxException(String detail, String text, int offset) {
    super(detail, null, false, false);
    int at = Math.min(offset, text.length());
    int lines = 1;
    int start = 0;
    for (int i = 0; i < at; i++) {
      if (text.charAt(i) == '\n') {
        lines++;
        start = i + 1;
      }
    }
    line = lines;
    column = text.codePointCount(start, at) + 1;
    this.offset = at;
  }

  public String code() {
    return CODE;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }

  /** The index in the text. */
  int offset() {
    return offset;
  }

  /** What is wrong, without the position. */
  public String detail() {
    return String.valueOf(super.getMessage());
  }

  @Override
  public String getMessage() {
    return detail() + " at line " + line + ", column " + column;
  }
}
