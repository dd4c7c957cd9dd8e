package io.logcaster.query.ast;

import java.util.List;

/**
 * A function over the rows of a group.
 *
 * @param name the function's name
 * @param phi which quantile, from 0 to 1, empty for other functions
 * @param fields the fields it looks at
 * @param sort the order of its values, empty for that in which they come
 * @param limit how many values it keeps, 0 for all
 */
public record StatsFunction(
    String name, String phi, List<FieldPattern> fields, List<SortKey> sort, long limit) {

  public StatsFunction {
    fields = List.copyOf(fields);
    sort = List.copyOf(sort);
  }

  /** A function without further conditions. */
  public StatsFunction(String name, List<FieldPattern> fields) {
    this(name, "", fields, List.of(), 0);
  }

  void print(StringBuilder out) {
    out.append(name).append('(').append(phi);
    if (!name.equals("rate") && !(FieldPattern.isAll(fields) && !phi.isEmpty())) {
      out.append(phi.isEmpty() ? "" : ", ");
      FieldPattern.print(out, fields);
    }
    out.append(')');
    if (!sort.isEmpty()) {
      out.append(" sort");
      SortKey.print(out, sort);
    }
    Pipe.limit(out, limit);
  }
}
