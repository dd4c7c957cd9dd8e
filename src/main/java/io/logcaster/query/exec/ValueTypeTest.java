package io.logcaster.query.exec;

import io.logcaster.record.Bitmap;

/** Rows of blocks whose values of a field are of a type. */
final class ValueTypeTest extends RowTest {

  private final String field;

  private final String type;

  ValueTypeTest(String field, String type) {
    this.field = field;
    this.type = type;
  }

  @Override
  void retain(Frame frame, Bitmap rows) {
    if (!type.equals(ValueType.of(frame.column(field), frame.size()))) {
      rows.clear();
    }
  }

  @Override
  int cost() {
    return EXPENSIVE;
  }
}
