package io.logcaster.query.ast;

/** Values that match a text with placeholders: {@code pattern_match("took <N>ms")}. */
public record PatternMatchFilter(String field, Place place, String pattern) implements ValueFilter {

  /** Where in a value the pattern has to match. */
  public enum Place {
    ANYWHERE("pattern_match"),
    WHOLE("pattern_match_full"),
    START("pattern_match_prefix"),
    END("pattern_match_suffix");

    private final String function;

    Place(String function) {
      this.function = function;
    }
  }

  @Override
  public void print(StringBuilder out) {
    Text.field(out, field);
    out.append(place.function).append('(');
    Text.quote(out, pattern);
    out.append(')');
  }
}
