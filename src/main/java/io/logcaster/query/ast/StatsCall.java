package io.logcaster.query.ast;

import java.util.List;

/**
 * A call of a stats function.
 *
 * @param function the function
 * @param phi which quantile, from 0 to 1, as written; empty for other functions
 * @param fields the fields that it looks at
 * @param sort the order of its values, empty for the order in which they come
 * @param limit how many values it keeps, 0 for all
 */
public record StatsCall(
    StatsFunction function, String phi, List<FieldPattern> fields, List<SortKey> sort, long limit) {

  public StatsCall {
    fields = List.copyOf(fields);
    sort = List.copyOf(sort);
  }

  /** A call of {@code count()}, which counts rows. */
  public static StatsCall countRows() {
    return new StatsCall(StatsFunction.COUNT, "", List.of(FieldPattern.ALL), List.of(), 0);
  }

  /** Which fields of the rows the call reads. */
  public FieldNeeds needs() {
    boolean allFields = FieldPattern.isAll(fields);
    return switch (function.arguments()) {
      case NONE -> FieldNeeds.NOTHING;
      case KEY_AND_FIELDS -> (fields.size() == 1) ? FieldNeeds.EVERYTHING : FieldNeeds.of(fields);
      default ->
          (function == StatsFunction.COUNT && allFields)
              ? FieldNeeds.NOTHING
              : FieldNeeds.of(fields).and(FieldNeeds.ofKeys(sort));
    };
  }

  void print(StringBuilder out) {
    out.append(function.text()).append('(').append(phi);
    boolean hasFields =
        function.arguments() != StatsFunction.Arguments.NONE
            && !(FieldPattern.isAll(fields) && !phi.isEmpty());
    if (hasFields) {
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
