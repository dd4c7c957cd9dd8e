package io.logcaster.query.ast;

/** What happens to the values that a field had before. */
public enum Overwrite {
  /** New values take the place of old ones, also empty ones. */
  ALWAYS(""),
  /** Old values stay unless they are empty. */
  KEEP_ORIGINAL(" keep_original_fields"),
  /** Empty new values do not take the place of old ones. */
  SKIP_EMPTY(" skip_empty_results");

  private final String text;

  Overwrite(String text) {
    this.text = text;
  }

  void print(StringBuilder out) {
    out.append(text);
  }
}
