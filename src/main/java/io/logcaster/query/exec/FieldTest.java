package io.logcaster.query.exec;

import io.logcaster.record.Bitmap;
import io.logcaster.record.Field;
import io.logcaster.storage.BlockSummary;
import io.logcaster.storage.BlockSummary.ColumnSummary;

/** A test of the value of one field. */
final class FieldTest extends RowTest {

  private static final byte[] NOTHING = {};

  private final String field;

  private final ValueTest test;

  private final boolean passesEmpty;

  FieldTest(String field, ValueTest test) {
    this.field = field;
    this.test = test;
    passesEmpty = test.test(NOTHING, 0, 0);
  }

  @Override
  void retain(Frame frame, Bitmap rows) {
    frame.column(field).retain(rows, test);
  }

  @Override
  boolean mayMatch(BlockSummary block) {
    if (field.equals(Field.TIME) || field.equals(Field.STREAM) || field.equals(Field.STREAM_ID)) {
      return true;
    }
    ColumnSummary values = block.column(field);
    return (passesEmpty && values.mayBeEmpty()) || (values.mayHaveValue() && test.mayMatch(values));
  }

  @Override
  int cost() {
    return test.cost() * (field.equals(Field.MESSAGE) ? 2 : 1);
  }
}
