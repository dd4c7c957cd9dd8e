package io.logcaster.query.exec.frame;

import io.logcaster.query.value.Numbers;
import io.logcaster.query.value.ValueOrder;
import io.logcaster.record.Column;
import io.logcaster.record.IntColumn;
import io.logcaster.record.Timestamps;
import java.util.Arrays;

/**
 * A value to sort by, parsed once. Ordered as in {@link ValueOrder}; times of records are compared
 * as numbers.
 */
public final class SortValue {

  private final Kind kind;

  private final double number;

  private final long time;

  private final byte[] text;

  private SortValue(Kind kind, double number, long time, byte[] text) {
    this.kind = kind;
    this.number = number;
    this.time = time;
    this.text = text;
  }

  public enum Kind {
    EMPTY(0),
    NUMBER(1),
    TIME(2),
    TEXT(3);

    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  private static final byte[] NOTHING = {};

  private static final int OBJECT_BYTES = 48;

  private static final SortValue EMPTY = new SortValue(Kind.EMPTY, 0, 0, NOTHING);

  public static SortValue of(Column column, int row, boolean isTime) {
    if (column instanceof TimeColumn times) {
      return new SortValue(Kind.TIME, 0, times.times()[row], NOTHING);
    }
    if (column instanceof IntColumn numbers) {
      return new SortValue(Kind.NUMBER, numbers.number(row), 0, NOTHING);
    }
    int from = column.start(row);
    int to = column.end(row);
    if (from == to) {
      return EMPTY;
    }
    byte[] bytes = column.bytes();
    if (isTime) {
      long time = Timestamps.parse(bytes, from, to);
      if (time != Timestamps.INVALID) {
        return new SortValue(Kind.TIME, 0, time, NOTHING);
      }
    }
    double number = Numbers.parse(bytes, from, to);
    return Double.isNaN(number)
        ? new SortValue(Kind.TEXT, 0, 0, Arrays.copyOfRange(bytes, from, to))
        : new SortValue(
            Kind.NUMBER,
            number,
            0,
            // A double lacks the last digits of a large integer; the text has them.
            (Math.abs(number) < 1L << 53) ? NOTHING : Arrays.copyOfRange(bytes, from, to));
  }

  public static SortValue text(byte[] text) {
    return new SortValue(Kind.TEXT, 0, 0, text);
  }

  /** The memory of the value, in bytes. */
  public int memoryBytes() {
    return (this == EMPTY) ? 0 : OBJECT_BYTES + text.length;
  }

  public boolean isTime() {
    return kind == Kind.TIME;
  }

  /** The time in nanoseconds since the epoch, where it {@link #isTime}. */
  public long time() {
    return time;
  }

  /** Writes the value for {@link #load}. */
  public void save(StateOutput out) {
    out.number(kind.code).real(number).fixed(time).text(text);
  }

  /** Reads what {@link #save} wrote. */
  public static SortValue load(StateInput in) {
    Kind kind =
        switch (in.below(4)) {
          case 0 -> Kind.EMPTY;
          case 1 -> Kind.NUMBER;
          case 2 -> Kind.TIME;
          default -> Kind.TEXT;
        };
    return new SortValue(kind, in.real(), in.fixed(), in.text());
  }

  public static int compare(SortValue a, SortValue b) {
    return a.compareWith(b);
  }

  private int compareWith(SortValue other) {
    if (kind != other.kind) {
      return kind.compareTo(other.kind);
    }
    return switch (kind) {
      case EMPTY -> 0;
      case NUMBER -> {
        int order = Double.compare(number + 0.0, other.number + 0.0);
        yield (order == 0 && text.length > 0) ? ValueOrder.compare(text, other.text) : order;
      }
      case TIME -> Long.compare(time, other.time);
      case TEXT -> ValueOrder.compare(text, other.text);
    };
  }
}
