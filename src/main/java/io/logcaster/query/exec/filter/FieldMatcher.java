package io.logcaster.query.exec.filter;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Field;
import io.logcaster.storage.BlockSummary;
import io.logcaster.storage.BlockSummary.ColumnSummary;

/** A test of the value of one field. */
public final class FieldMatcher extends RowMatcher {

  private static final byte[] NOTHING = {};

  private final String field;

  private final ValueMatcher test;

  private final boolean passesEmpty;

  public FieldMatcher(String field, ValueMatcher test) {
    this.field = field;
    this.test = test;
    passesEmpty = test.test(NOTHING, 0, 0);
  }

  @Override
  public void retain(Frame frame, Bitmap rows) {
    frame.column(field).retain(rows, test);
  }

  @Override
  public boolean mayMatch(BlockSummary block) {
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
