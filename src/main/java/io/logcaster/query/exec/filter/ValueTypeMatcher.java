package io.logcaster.query.exec.filter;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.text.ValueType;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows of blocks in which all values of a field in one stream are of a type. */
final class ValueTypeMatcher extends RowMatcher {

  private final String field;

  private final String type;

  ValueTypeMatcher(String field, String type) {
    this.field = field;
    this.type = type;
  }

  @Override
  public void retain(Frame frame, Bitmap rows) {
    Bitmap all = Bitmap.all(frame.size());
    Column values = frame.column(field).readable(all);
    Column streams = frame.column(Field.STREAM_ID).readable(all);
    Map<String, List<Integer>> rowsOfStreams = new HashMap<>();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      rowsOfStreams.computeIfAbsent(streams.text(row), (stream) -> new ArrayList<>());
    }
    for (int row = 0; row < frame.size(); row++) {
      List<Integer> rowsOfStream = rowsOfStreams.get(streams.text(row));
      if (rowsOfStream != null) {
        rowsOfStream.add(row);
      }
    }
    for (List<Integer> rowsOfStream : rowsOfStreams.values()) {
      if (!type.equals(ValueType.of(values, rowsOfStream))) {
        rowsOfStream.forEach(rows::clear);
      }
    }
  }

  @Override
  int cost() {
    return EXPENSIVE;
  }
}
