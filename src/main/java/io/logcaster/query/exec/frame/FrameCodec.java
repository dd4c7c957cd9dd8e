package io.logcaster.query.exec.frame;

import io.logcaster.record.ArenaColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import io.logcaster.record.ConstantColumn;
import io.logcaster.record.DictionaryColumn;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a frame as bytes, for another server.
 *
 * <p>The number of rows, the number of columns, then each column: its name, a byte for its kind,
 * and
 *
 * <ul>
 *   <li>kind 0, times of records: eight bytes for each row, nanoseconds since the epoch;
 *   <li>kind 1, the same value in all rows: the value;
 *   <li>kind 2, few values: their number, at most 256, each of them, then a byte for each row;
 *   <li>kind 3, any values: each value.
 * </ul>
 *
 * Numbers and values are written as {@link StateOutput} does.
 */
public final class FrameCodec {

  /** Rows of a piece: enough to make its cost negligible. */
  private static final int PIECE_ROWS = 4096;

  /** A piece is full at about this many bytes, however few its rows. */
  private static final long PIECE_BYTES = 1 << 20;

  private static final int MAX_CODES = 256;

  private static final int TIMES = 0;
  private static final int CONSTANT = 1;
  private static final int DICTIONARY = 2;
  private static final int VALUES = 3;

  private FrameCodec() {}

  /**
   * Writes the selected rows of a frame, in pieces of bounded size.
   *
   * @param wanted the columns to write; null for all
   * @param target takes a piece; says whether more are wanted
   * @return whether more rows are wanted
   */
  public static boolean write(
      Frame frame, Bitmap rows, @Nullable Set<String> wanted, Predicate<StateOutput> target) {
    List<String> names =
        frame.names().stream().filter((name) -> wanted == null || wanted.contains(name)).toList();
    Column[] columns =
        names.stream().map((name) -> frame.column(name).readable(rows)).toArray(Column[]::new);
    int[] piece = new int[Math.min(PIECE_ROWS, rows.size())];
    int count = 0;
    long bytes = 0;
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      piece[count++] = row;
      bytes += bytes(columns, row);
      if (count == piece.length || bytes >= PIECE_BYTES) {
        if (!target.test(piece(names, columns, Arrays.copyOf(piece, count)))) {
          return false;
        }
        count = 0;
        bytes = 0;
      }
    }
    return count == 0 || target.test(piece(names, columns, Arrays.copyOf(piece, count)));
  }

  private static long bytes(Column[] columns, int row) {
    long bytes = 0;
    for (Column column : columns) {
      bytes += (column instanceof TimeColumn) ? 8 : column.end(row) - column.start(row);
    }
    return bytes;
  }

  private static StateOutput piece(List<String> names, Column[] columns, int[] rows) {
    StateOutput out = new StateOutput().number(rows.length).number(columns.length);
    for (int i = 0; i < columns.length; i++) {
      out.text(names.get(i));
      write(columns[i], rows, out);
    }
    return out;
  }

  private static void write(Column column, int[] rows, StateOutput out) {
    if (column instanceof TimeColumn times) {
      out.number(TIMES);
      for (int row : rows) {
        out.fixed(times.times()[row]);
      }
      return;
    }
    ValueIds ids = new ValueIds();
    int[] codes = new int[rows.length];
    byte[] bytes = column.bytes();
    for (int i = 0; i < rows.length && ids.size() <= MAX_CODES; i++) {
      codes[i] = ids.id(bytes, column.start(rows[i]), column.end(rows[i]));
    }
    if (ids.size() == 1) {
      out.number(CONSTANT).text(ids.value(0));
    } else if (ids.size() <= MAX_CODES && ids.size() * 2 <= rows.length) {
      out.number(DICTIONARY).number(ids.size());
      for (int id = 0; id < ids.size(); id++) {
        out.text(ids.array(), ids.start(id), ids.end(id));
      }
      for (int code : codes) {
        out.octet(code);
      }
    } else {
      out.number(VALUES);
      for (int row : rows) {
        out.text(bytes, column.start(row), column.end(row));
      }
    }
  }

  /** Reads a piece. */
  public static Frame read(StateInput in) {
    int rows = in.below(PIECE_ROWS + 1);
    int columns = in.count();
    TableFrame.Builder frame = TableFrame.builder(rows);
    for (int i = 0; i < columns; i++) {
      String name = in.string();
      frame.put(name, column(name, rows, in));
    }
    return frame.build();
  }

  private static Column column(String name, int rows, StateInput in) {
    return switch (in.below(VALUES + 1)) {
      case TIMES -> {
        long[] times = new long[rows];
        for (int row = 0; row < rows; row++) {
          times[row] = in.fixed();
        }
        yield new TimeColumn(times, rows);
      }
      case CONSTANT -> new ConstantColumn(name, in.text());
      case DICTIONARY -> {
        int size = in.below(MAX_CODES + 1);
        ArenaColumn entries = values(name, size, in);
        byte[] codes = new byte[rows];
        for (int row = 0; row < rows; row++) {
          codes[row] = (byte) in.octet(size);
        }
        yield new DictionaryColumn(entries, size, codes);
      }
      default -> values(name, rows, in);
    };
  }

  private static ArenaColumn values(String name, int count, StateInput in) {
    ByteBuilder arena = new ByteBuilder(16 * count);
    int[] ends = new int[count];
    for (int i = 0; i < count; i++) {
      arena.append(in.text());
      ends[i] = arena.length();
    }
    return new ArenaColumn(name, arena.array(), ends, count);
  }
}
