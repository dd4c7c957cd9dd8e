package io.logcaster.query.exec.pipe;

import io.logcaster.query.exec.filter.RowMatcher;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.RowList;
import io.logcaster.query.exec.text.JsonReader;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import io.logcaster.record.WorkLimit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a row out of each item of JSON arrays: {@code unroll}. Several arrays are unrolled in
 * parallel; shorter ones are filled up with empty values. A field without an array, or with an
 * empty one, gives one row without that field.
 */
public final class UnrollOperator extends Operator {

  private final @Nullable RowMatcher condition;

  private final List<String> fields;

  public UnrollOperator(@Nullable RowMatcher condition, List<String> fields, Operator next) {
    super(next);
    this.condition = condition;
    this.fields = fields;
  }

  /** An upper bound of the memory that the items of an array take, per byte of the array. */
  private static final int ITEM_FACTOR = 12;

  @Override
  public boolean push(Frame frame, Bitmap rows, int worker) {
    Bitmap unrolled = Rewrite.selected(condition, frame, rows);
    RowList out = new RowList();
    List<String> names = frame.names();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (!unrolled.get(row)) {
        copy(frame, names, row, out, List.of());
        out.end();
      } else if (!unroll(frame, names, row, out, worker)) {
        return false;
      }
      if (out.isFull() && !out.flush(next(), worker)) {
        return false;
      }
    }
    return out.flush(next(), worker);
  }

  private boolean unroll(Frame frame, List<String> names, int row, RowList out, int worker) {
    List<List<byte[]>> items = new ArrayList<>();
    int most = 1;
    for (String field : fields) {
      Column column = frame.column(field);
      List<byte[]> values = new ArrayList<>();
      WorkLimit.growing((long) ITEM_FACTOR * (column.end(row) - column.start(row)));
      boolean array =
          JsonReader.array(
              column.bytes(),
              column.start(row),
              column.end(row),
              (name, value, kind) -> values.add(value.toByteArray()));
      items.add(array ? values : List.of());
      most = Math.max(most, array ? values.size() : 0);
    }
    for (int i = 0; i < most; i++) {
      copy(frame, names, row, out, fields);
      for (int f = 0; f < fields.size(); f++) {
        if (i < items.get(f).size()) {
          out.set(out.column(fields.get(f)), items.get(f).get(i));
        }
      }
      out.end();
      if (out.isFull()) {
        WorkLimit.checkNow();
        if (!out.flush(next(), worker)) {
          return false;
        }
      }
    }
    return true;
  }

  private static void copy(
      Frame frame, List<String> names, int row, RowList out, List<String> except) {
    for (String name : names) {
      int target = out.column(name);
      Column column = frame.column(name);
      if (!column.isEmpty(row) && !except.contains(name)) {
        out.set(target, column.bytes(), column.start(row), column.end(row));
      }
    }
  }
}
