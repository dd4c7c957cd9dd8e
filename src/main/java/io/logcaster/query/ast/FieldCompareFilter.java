package io.logcaster.query.ast;

/** Records whose value of one field compares to that of another: {@code a:eq_field(b)}. */
public record FieldCompareFilter(String field, Operator operator, String other) implements Filter {

  /** The comparison. */
  public enum Operator {
    EQUAL("eq_field"),
    LESS_OR_EQUAL("le_field"),
    LESS("lt_field");

    private final String text;

    Operator(String text) {
      this.text = text;
    }

    /** The operator as a query spells it. */
    String text() {
      return text;
    }
  }

  @Override
  public void print(StringBuilder out) {
    Text.field(out, field);
    out.append(operator.text()).append('(');
    Text.quote(out, other);
    out.append(')');
  }
}
