package io.logcaster.query.ast;

import java.util.List;

/**
 * Records by their stream: {@code {app="x",host=~"y.*" or app="z"}}. Without alternatives every
 * stream passes.
 */
public record StreamFilter(List<List<Matcher>> alternatives) implements Filter {

  /** How the value of a stream field is compared. */
  public enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    MATCHES("=~"),
    NOT_MATCHES("!~");

    private final String text;

    Operator(String text) {
      this.text = text;
    }

    /** The operator as a query spells it. */
    String text() {
      return text;
    }
  }

  /**
   * A condition on a stream field.
   *
   * @param name the field's name
   * @param operator how its value is compared
   * @param value the text, or the regular expression, which has to match the whole value
   */
  public record Matcher(String name, Operator operator, String value) {}

  public StreamFilter {
    alternatives = alternatives.stream().map(List::copyOf).toList();
  }

  @Override
  public void print(StringBuilder out) {
    out.append('{');
    String or = "";
    for (List<Matcher> matchers : alternatives) {
      out.append(or);
      String and = "";
      for (Matcher matcher : matchers) {
        out.append(and);
        Text.quote(out, matcher.name());
        out.append(matcher.operator().text());
        Text.alwaysQuote(out, matcher.value());
        and = ",";
      }
      or = " or ";
    }
    out.append('}');
  }
}
