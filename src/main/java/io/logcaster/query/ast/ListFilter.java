package io.logcaster.query.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values tested against a list, which a subquery may give: {@code app:in(a, b)}. */
public record ListFilter(
    String field, Operator operator, List<String> values, @Nullable Query subquery)
    implements ValueFilter {

  /** How a value is tested against the list. */
  public enum Operator {
    /** It equals one of the listed values. */
    IN("in"),
    /** It contains one of the listed phrases. */
    CONTAINS_ANY("contains_any"),
    /** It contains all the listed phrases. */
    CONTAINS_ALL("contains_all");

    private final String text;

    Operator(String text) {
      this.text = text;
    }

    /** The operator as a query spells it. */
    String text() {
      return text;
    }
  }

  public ListFilter {
    values = List.copyOf(values);
  }

  @Override
  public void print(StringBuilder out) {
    Text.field(out, field);
    out.append(operator.text()).append('(');
    if (subquery != null) {
      subquery.print(out);
    } else {
      Text.quoteAll(out, values, ",");
    }
    out.append(')');
  }
}
