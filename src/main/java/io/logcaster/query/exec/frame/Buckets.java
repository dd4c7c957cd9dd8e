package io.logcaster.query.exec.frame;

import io.logcaster.query.ast.Bucket;
import io.logcaster.query.value.Durations;
import io.logcaster.query.value.ExactNumbers;
import io.logcaster.query.value.Ipv4;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.BytesMapper;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.Timestamps;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.Supplier;

/** The buckets that {@code stats by (field:step)} groups into. */
public final class Buckets {

  private static final long FAR = 1L << 62;

  private Buckets() {}

  /** Returns a factory of key columns for a field, one for each worker. */
  public static Supplier<KeyColumn> key(Bucket bucket) {
    if (bucket.step().isEmpty()) {
      return () -> new KeyColumn.Values(bucket.field(), null);
    }
    TimeBucket times = TimeBucket.of(bucket);
    BytesMapper mapper = values(bucket, times);
    return bucket.field().equals(Field.TIME)
        ? () -> new Times(times, mapper)
        : () -> new KeyColumn.Values(bucket.field(), mapper);
  }

  /** The width of a bucket as a number; 0 if it varies. */
  private static double width(String step) {
    if (step.startsWith("/")) {
      return 1L << (32 - Integer.parseInt(step.substring(1)));
    }
    Long named = Bucket.NAMED_STEPS.get(step);
    return (named != null) ? named : Numbers.parse(step);
  }

  /** Rounds numbers, durations, times and addresses down; other values stay as they are. */
  private static BytesMapper values(Bucket bucket, TimeBucket times) {
    double width = width(bucket.step());
    double offset = bucket.offset();
    boolean whole = isSmall(width) && width >= 1 && isSmall(offset);
    long step = whole ? (long) width : 1;
    long shift = whole ? (long) offset : 0;
    return (bytes, from, to, target) -> {
      double number = Numbers.parse(bytes, from, to);
      if (!Double.isNaN(number) && width > 0) {
        byte last = bytes[to - 1];
        boolean duration =
            (last < '0' || last > '9')
                && last != '.'
                && Durations.parse(bytes, from, to) != Durations.INVALID;
        if (ExactNumbers.mayBeRounded(number)) {
          long integer = whole ? ExactNumbers.integer(bytes, from, to) : ExactNumbers.NONE;
          // Far from the limits of a long, so that nothing overflows.
          if (Math.abs(integer) < FAR && integer != ExactNumbers.NONE) {
            target.append(Math.floorDiv(integer + shift, step) * step - shift);
            return;
          }
          BigDecimal start = start(ExactNumbers.measure(bytes, from, to), width, offset);
          target.append(duration ? Durations.format(start.longValue()) : start.toPlainString());
          return;
        }
        double start = start(number, width, offset);
        target.append(duration ? Durations.format((long) start) : Numbers.format(start));
        return;
      }
      long time = Timestamps.parse(bytes, from, to);
      if (time != Timestamps.INVALID) {
        target.append(Timestamps.format(times.start(time)));
        return;
      }
      long address = Ipv4.parse(bytes, from, to);
      if (address != Ipv4.INVALID && width > 0) {
        double start = start((double) address, width, offset);
        target.append(Ipv4.format((long) Math.max(0, start)));
        return;
      }
      target.append(bytes, from, to);
    };
  }

  private static boolean isSmall(double number) {
    return Math.abs(number) < ExactNumbers.INEXACT && number == Math.rint(number);
  }

  /** Where the bucket of a number begins. A positive offset moves buckets down. */
  private static double start(double number, double width, double offset) {
    return Math.floor((number + offset) / width) * width - offset;
  }

  private static BigDecimal start(BigDecimal number, double width, double offset) {
    BigDecimal step = BigDecimal.valueOf(width);
    BigDecimal shift = BigDecimal.valueOf(offset);
    return number
        .add(shift)
        .divide(step, 0, RoundingMode.FLOOR)
        .multiply(step)
        .subtract(shift)
        .stripTrailingZeros();
  }

  /** Buckets of the time of records, by number. */
  private static final class Times extends KeyColumn {

    private final TimeBucket bucket;

    private final PairIds starts = new PairIds();

    /** Values that a pipe changed so that they are no longer times; numbered after the others. */
    private final BytesMapper mapper;

    private long lastStart = Long.MIN_VALUE;

    private int lastId = -1;

    Times(TimeBucket bucket, BytesMapper mapper) {
      this.bucket = bucket;
      this.mapper = mapper;
    }

    @Override
    int size() {
      return starts.size();
    }

    @Override
    void encode(Frame frame, Bitmap rows, int[] codes) {
      Column column = frame.column(Field.TIME);
      if (column instanceof TimeColumn time) {
        encode(time.times(), rows, codes);
        return;
      }
      ByteBuilder rounded = new ByteBuilder(32);
      column.encode(
          rows,
          (bytes, from, to) -> {
            rounded.truncate(0);
            mapper.map(bytes, from, to, rounded);
            long start = Timestamps.parse(rounded.array(), 0, rounded.length());
            return id(start);
          },
          codes);
    }

    /** Neighbouring rows are mostly in the same step, whose number is then known. */
    private void encode(long[] times, Bitmap rows, int[] codes) {
      long first = 0;
      long last = -1;
      int id = 0;
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        long time = times[row];
        if (time < first || time > last) {
          first = bucket.stepStart(time);
          last = first + bucket.step() - 1;
          id = id(bucket.start(time));
        }
        codes[row] = id;
      }
    }

    private int id(long start) {
      if (start != lastStart || lastId < 0) {
        lastStart = start;
        lastId = starts.id(start);
      }
      return lastId;
    }

    @Override
    int[] merge(KeyColumn other) {
      PairIds theirs = ((Times) other).starts;
      int[] mapping = new int[theirs.size()];
      for (int id = 0; id < mapping.length; id++) {
        mapping[id] = starts.id(theirs.value(id));
      }
      return mapping;
    }

    @Override
    void print(int id, ByteBuilder target) {
      long start = starts.value(id);
      if (start != Timestamps.INVALID) {
        target.append(Timestamps.format(start));
      }
    }

    @Override
    int load(byte[] value) {
      return id(Timestamps.parse(value, 0, value.length));
    }

    @Override
    long memoryBytes() {
      return starts.memoryBytes();
    }
  }
}
