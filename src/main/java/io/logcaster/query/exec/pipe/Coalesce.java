package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.CoalescePipe;
import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.TableFrame;
import io.logcaster.query.exec.pipe.TransformOperator.Transform;
import io.logcaster.record.ArenaColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sets a field to the first non-empty value of several fields: {@code coalesce}. */
public final class Coalesce {

  private Coalesce() {}

  public static Transform of(CoalescePipe pipe) {
    byte[] otherwise = pipe.otherwise().getBytes(StandardCharsets.UTF_8);
    return (frame, rows) -> {
      List<Column> columns = columns(frame, pipe.fields(), rows);
      ByteBuilder text = new ByteBuilder(256);
      int[] ends = new int[frame.size()];
      int filled = 0;
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        Arrays.fill(ends, filled, row, text.length());
        append(columns, row, otherwise, text);
        ends[row] = text.length();
        filled = row + 1;
      }
      Arrays.fill(ends, filled, ends.length, text.length());
      Column column = new ArenaColumn(pipe.result(), text.array(), ends, ends.length);
      return TableFrame.builder(frame).put(pipe.result(), column).build();
    };
  }

  /** The columns in the order of the patterns; those of one pattern are sorted by name. */
  private static List<Column> columns(Frame frame, List<FieldPattern> fields, Bitmap rows) {
    List<Column> columns = new ArrayList<>();
    for (FieldPattern pattern : fields) {
      List<String> names =
          pattern.prefix()
              ? frame.names().stream().filter(pattern::matches).sorted().toList()
              : List.of(pattern.name());
      names.forEach((name) -> columns.add(frame.column(name).readable(rows)));
    }
    return columns;
  }

  private static void append(List<Column> columns, int row, byte[] otherwise, ByteBuilder text) {
    for (Column column : columns) {
      if (!column.isEmpty(row)) {
        text.append(column.bytes(), column.start(row), column.end(row));
        return;
      }
    }
    text.append(otherwise);
  }
}
