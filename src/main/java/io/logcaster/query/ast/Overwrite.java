package io.logcaster.query.ast;

/** What happens to the old value of a field. */
public enum Overwrite {
  /** New values replace old ones, even if they are empty. */
  ALWAYS(""),
  /** Old values stay; only empty ones are replaced. */
  KEEP_ORIGINAL(" keep_original_fields"),
  /** New values replace old ones unless they are empty. */
  SKIP_EMPTY(" skip_empty_results");

  private final String text;

  Overwrite(String text) {
    this.text = text;
  }

  void print(StringBuilder out) {
    out.append(text);
  }
}
