package io.logcaster.query.ast;

/** Values compared with one: {@code size:>10KiB}, {@code level:>=WARN}. */
public record CompareFilter(String field, Operator operator, String value) implements ValueFilter {

  /** The comparison. */
  public enum Operator {
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String text;

    Operator(String text) {
      this.text = text;
    }

    /** The operator as a query spells it. */
    String text() {
      return text;
    }

    /**
     * Whether a comparison satisfies the operator; {@code comparison} is the sign of left minus
     * right.
     */
    public boolean accepts(int comparison) {
      return switch (this) {
        case LESS -> comparison < 0;
        case LESS_OR_EQUAL -> comparison <= 0;
        case GREATER -> comparison > 0;
        case GREATER_OR_EQUAL -> comparison >= 0;
      };
    }
  }

  @Override
  public void print(StringBuilder out) {
    Text.field(out, field);
    out.append(operator.text());
    Text.quote(out, value);
  }
}
