package io.logcaster.query.exec;

import io.logcaster.query.ast.FieldCompareFilter.Operator;
import io.logcaster.query.value.ValueOrder;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import java.util.Arrays;

/** A field's value compared with another field's of the same row. */
final class FieldCompareTest extends RowTest {

  private final String field;

  private final Operator operator;

  private final String other;

  FieldCompareTest(String field, Operator operator, String other) {
    this.field = field;
    this.operator = operator;
    this.other = other;
  }

  @Override
  void retain(Frame frame, Bitmap rows) {
    Column a = frame.column(field);
    Column b = frame.column(other);
    byte[] left = a.bytes();
    byte[] right = b.bytes();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      boolean passes =
          switch (operator) {
            case EQUAL ->
                Arrays.equals(left, a.start(row), a.end(row), right, b.start(row), b.end(row));
            case LESS_OR_EQUAL ->
                ValueOrder.compare(left, a.start(row), a.end(row), right, b.start(row), b.end(row))
                    <= 0;
            case LESS ->
                ValueOrder.compare(left, a.start(row), a.end(row), right, b.start(row), b.end(row))
                    < 0;
          };
      if (!passes) {
        rows.clear(row);
      }
    }
  }

  @Override
  int cost() {
    return SEARCH;
  }
}
