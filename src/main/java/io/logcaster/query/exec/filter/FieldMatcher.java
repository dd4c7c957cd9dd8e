package io.logcaster.query.exec.filter;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Field;
import io.logcaster.storage.BlockSummary;
import io.logcaster.storage.BlockSummary.ColumnSummary;

/** Rows by their value in one field. */
public final class FieldMatcher extends RowMatcher {

  private static final byte[] NOTHING = {};

  private final String field;

  private final ValueMatcher matcher;

  private final boolean passesEmpty;

  public FieldMatcher(String field, ValueMatcher matcher) {
    this.field = field;
    this.matcher = matcher;
    passesEmpty = matcher.test(NOTHING, 0, 0);
  }

  @Override
  public void retain(Frame frame, Bitmap rows) {
    frame.column(field).retain(rows, matcher);
  }

  @Override
  public boolean mayMatch(BlockSummary block) {
    if (field.equals(Field.TIME) || field.equals(Field.STREAM) || field.equals(Field.STREAM_ID)) {
      return true;
    }
    ColumnSummary values = block.column(field);
    return (passesEmpty && values.mayBeEmpty())
        || (matcher.mayMatch(values) && values.mayHaveValue());
  }

  @Override
  int cost() {
    return matcher.cost() * (field.equals(Field.MESSAGE) ? 2 : 1);
  }
}
