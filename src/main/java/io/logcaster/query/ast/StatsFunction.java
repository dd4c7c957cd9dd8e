package io.logcaster.query.ast;

import java.util.List;

/**
 * A function over the rows of a group.
 *
 * @param name the function's name
 * @param phi which quantile, from 0 to 1, empty for other functions
 * @param fields the fields it looks at
 * @param limit how many values it keeps, 0 for all
 */
public record StatsFunction(String name, String phi, List<FieldPattern> fields, long limit) {

  public StatsFunction {
    fields = List.copyOf(fields);
  }

  void print(StringBuilder out) {
    out.append(name).append('(').append(phi);
    if (!name.equals("rate") && !(FieldPattern.isAll(fields) && !phi.isEmpty())) {
      out.append(phi.isEmpty() ? "" : ", ");
      FieldPattern.print(out, fields);
    }
    out.append(')');
    Pipe.limit(out, limit);
  }
}
