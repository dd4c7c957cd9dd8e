package io.logcaster.query.exec;

import io.logcaster.record.Bitmap;

/** Rows of batches that keep a field in a column of a type. */
final class ValueTypeTest extends RowTest {

  private final String field;

  private final String type;

  ValueTypeTest(String field, String type) {
    this.field = field;
    this.type = type;
  }

  @Override
  void retain(Frame frame, Bitmap rows) {
    if (!frame.column(field).type().equals(type)) {
      rows.clear();
    }
  }

  @Override
  int cost() {
    return CHEAP;
  }
}
