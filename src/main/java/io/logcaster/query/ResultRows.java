package io.logcaster.query;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.JsonRows;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Some rows of a result, valid only during the call that hands them over. */
final class ResultRows {

  /** A row of a result in memory: a map, and the copy that becomes the response. */
  private static final int ROW_BYTES = 256;

  /** A value of such a row besides its characters: an entry of the map and a string, twice. */
  private static final int VALUE_BYTES = 160;

  private final Frame frame;

  private final Bitmap rows;

  ResultRows(Frame frame, Bitmap rows) {
    this.frame = frame;
    this.rows = rows;
  }

  /** How many rows there are. */
  int size() {
    return rows.cardinality();
  }

  /** The names of the fields that rows may have. */
  List<String> names() {
    return frame.names();
  }

  /** The names of the fields that at least one row has. */
  List<String> presentNames() {
    List<String> names = frame.names();
    List<Column> columns = columns(names);
    List<String> present = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Column column = columns.get(i);
      int row = rows.next(0);
      while (row >= 0 && column.isEmpty(row)) {
        row = rows.next(row + 1);
      }
      if (row >= 0) {
        present.add(names.get(i));
      }
    }
    return present;
  }

  private List<Column> columns(List<String> names) {
    return names.stream().map((name) -> frame.column(name).readable(rows)).toList();
  }

  /** The rows as maps of their non-empty fields; rows without any are left out. */
  List<Map<String, String>> toMaps() {
    List<Map<String, String>> maps = new ArrayList<>();
    List<String> names = frame.names();
    List<Column> columns = columns(names);
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      Map<String, String> map = new LinkedHashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        Column column = columns.get(i);
        if (!column.isEmpty(row)) {
          map.put(names.get(i), column.text(row));
        }
      }
      if (!map.isEmpty()) {
        maps.add(map);
      }
    }
    return maps;
  }

  /** Appends the rows as JSON objects, one a line; rows without a value are left out. */
  void appendJsonLines(ByteBuilder target) {
    appendJsonLines(false, target);
  }

  /** As {@link #appendJsonLines(ByteBuilder)}; with {@code byName}, fields are sorted by name. */
  void appendJsonLines(boolean byName, ByteBuilder target) {
    JsonRows.lines(frame, rows, byName, target);
  }

  /** Appends the rows as lines of CSV with the given columns. */
  void appendCsv(CsvText csv, List<String> names, ByteBuilder target) {
    List<Column> columns = columns(names);
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      String separator = "";
      for (Column column : columns) {
        target.append(separator);
        csv.value(column.bytes(), column.start(row), column.end(row), target);
        separator = ",";
      }
      target.append('\r').append('\n');
    }
  }

  /** About how much memory maps of rows take. */
  static long memoryBytes(List<Map<String, String>> rows) {
    long bytes = 0;
    for (Map<String, String> row : rows) {
      bytes += ROW_BYTES;
      for (String value : row.values()) {
        bytes += VALUE_BYTES + 2L * value.length();
      }
    }
    return bytes;
  }
}
