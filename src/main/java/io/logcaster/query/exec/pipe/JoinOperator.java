package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.JoinPipe;
import io.logcaster.query.exec.budget.Budget;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.RowList;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds the fields of other rows that have the same values in some fields: {@code join}. Fields that
 * a row already has are kept. A row without a match passes unchanged, or is dropped by an inner
 * join. A row that lacks one of the fields matches none.
 */
public final class JoinOperator extends Operator {

  /** The memory of a row besides its values: a map, and the list and the entry that hold it. */
  private static final int ROW_BYTES = 240;

  private final JoinPipe pipe;

  private final Budget budget;

  private final Map<List<String>, List<Map<String, String>>> others = new HashMap<>();

  public JoinOperator(JoinPipe pipe, QueryContext context, Operator next) {
    super(next);
    this.pipe = pipe;
    budget = context.budget();
    try {
      OtherRows.run(
          pipe.source(), context, (frame, rows, worker) -> collect(frame, rows, context.budget()));
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }

  private boolean collect(Frame frame, Bitmap rows, Budget budget) {
    String prefix = (pipe.prefix() == null) ? "" : pipe.prefix();
    List<String> names =
        frame.names().stream().filter((name) -> !pipe.fields().contains(name)).toList();
    long bytes = 0;
    Map<List<String>, List<Map<String, String>>> found = new HashMap<>();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      List<String> key = key(frame, row);
      if (key.contains("")) {
        continue;
      }
      bytes += ROW_BYTES;
      for (String part : key) {
        bytes += 64 + 2L * part.length();
      }
      Map<String, String> values = new HashMap<>();
      for (String name : names) {
        Column column = frame.column(name);
        if (!column.isEmpty(row)) {
          values.put(prefix + name, column.text(row));
          // A string and an entry of a map besides the text.
          bytes += 120 + 2L * (column.end(row) - column.start(row));
        }
      }
      found.computeIfAbsent(key, (k) -> new ArrayList<>()).add(values);
    }
    budget.reserve(bytes);
    synchronized (others) {
      found.forEach(
          (key, values) -> others.computeIfAbsent(key, (k) -> new ArrayList<>()).addAll(values));
    }
    return true;
  }

  private List<String> key(Frame frame, int row) {
    List<String> key = new ArrayList<>(pipe.fields().size());
    for (String field : pipe.fields()) {
      key.add(frame.column(field).text(row));
    }
    return key;
  }

  @Override
  public boolean push(Frame frame, Bitmap rows, int worker) {
    RowList out = new RowList();
    List<String> names = frame.names();
    int[] columns = names.stream().mapToInt(out::column).toArray();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      List<Map<String, String>> matches = others.get(key(frame, row));
      if (matches == null) {
        if (!pipe.inner()) {
          copy(frame, names, columns, row, out);
          out.end();
        }
        continue;
      }
      for (Map<String, String> match : matches) {
        match.forEach((name, value) -> out.set(out.column(name), value));
        copy(frame, names, columns, row, out);
        out.end();
        if (out.isFull()) {
          budget.check();
          if (!out.flush(next(), worker)) {
            return false;
          }
        }
      }
    }
    return out.flush(next(), worker);
  }

  private static void copy(Frame frame, List<String> names, int[] columns, int row, RowList out) {
    for (int i = 0; i < columns.length; i++) {
      Column column = frame.column(names.get(i));
      if (!column.isEmpty(row)) {
        out.set(columns[i], column.bytes(), column.start(row), column.end(row));
      }
    }
  }
}
