package io.logcaster.query.exec;

import io.logcaster.query.ast.Bucket;
import io.logcaster.query.value.Durations;
import io.logcaster.query.value.Ipv4;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.BytesMapper;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.Timestamps;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/** The buckets that {@code stats by (field:step)} groups into. */
final class Buckets {

  /** Weeks begin on Monday; the first one since the epoch was its fifth day. */
  private static final long FIRST_MONDAY = 4 * Timestamps.DAY;

  private Buckets() {}

  /** Makes the key of a field for each worker. */
  static Supplier<KeyColumn> key(Bucket bucket) {
    if (bucket.step().isEmpty()) {
      return () -> new KeyColumn.Values(bucket.field(), null);
    }
    LongUnaryOperator times = times(bucket);
    BytesMapper mapper = values(bucket, times);
    return bucket.field().equals(Field.TIME)
        ? () -> new Times(times, step(bucket), mapper)
        : () -> new KeyColumn.Values(bucket.field(), mapper);
  }

  /** Rounds a time down to the beginning of its bucket. */
  static LongUnaryOperator times(Bucket bucket) {
    long offset = (long) bucket.offset() + (bucket.step().equals("week") ? FIRST_MONDAY : 0);
    Long named = Bucket.NAMED_STEPS.get(bucket.step());
    if (named != null && named == 0) {
      boolean year = bucket.step().equals("year");
      return (time) -> calendar(time - offset, year) + offset;
    }
    long step = step(bucket);
    return (time) -> Math.floorDiv(time - offset, step) * step + offset;
  }

  /** How long a bucket of times is; of months and years, that none is shorter. */
  private static long step(Bucket bucket) {
    Long named = Bucket.NAMED_STEPS.get(bucket.step());
    return (named != null) ? Math.max(1, named) : Math.max(1, (long) Numbers.parse(bucket.step()));
  }

  private static long calendar(long time, boolean year) {
    LocalDate date =
        Instant.ofEpochSecond(Math.floorDiv(time, Timestamps.SECOND))
            .atOffset(ZoneOffset.UTC)
            .toLocalDate();
    return Timestamps.epochDay(date.getYear(), year ? 1 : date.getMonthValue(), 1) * Timestamps.DAY;
  }

  /** How wide a bucket is as a number; 0 where that varies. */
  private static double width(String step) {
    if (step.startsWith("/")) {
      return 1L << (32 - Integer.parseInt(step.substring(1)));
    }
    Long named = Bucket.NAMED_STEPS.get(step);
    return (named != null) ? named : Numbers.parse(step);
  }

  /** Rounds numbers, durations, times and addresses down; other values stay as they are. */
  private static BytesMapper values(Bucket bucket, LongUnaryOperator times) {
    double width = width(bucket.step());
    double offset = bucket.offset();
    return (bytes, from, to, target) -> {
      double number = Numbers.parse(bytes, from, to);
      if (!Double.isNaN(number) && width > 0) {
        double start = Math.floor((number - offset) / width) * width + offset;
        byte last = bytes[to - 1];
        boolean duration =
            (last < '0' || last > '9')
                && last != '.'
                && Durations.parse(bytes, from, to) != Durations.INVALID;
        target.append(duration ? Durations.format((long) start) : Numbers.format(start));
        return;
      }
      long time = Timestamps.parse(bytes, from, to);
      if (time != Timestamps.INVALID) {
        target.append(Timestamps.format(times.applyAsLong(time)));
        return;
      }
      long address = Ipv4.parse(bytes, from, to);
      if (address != Ipv4.INVALID && width > 0) {
        double start = Math.floor((address - offset) / width) * width + offset;
        target.append(Ipv4.format((long) Math.max(0, start)));
        return;
      }
      target.append(bytes, from, to);
    };
  }

  /** Buckets of the time of records, by number. */
  private static final class Times extends KeyColumn {

    private final LongUnaryOperator round;

    /** How long a bucket is at least. */
    private final long step;

    private final PairIds starts = new PairIds();

    /**
     * Groups of values that are no times any more, because a pipe changed them; numbered behind the
     * others.
     */
    private final BytesMapper mapper;

    private long lastStart = Long.MIN_VALUE;

    private int lastId = -1;

    Times(LongUnaryOperator round, long step, BytesMapper mapper) {
      this.round = round;
      this.step = step;
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

    /** Neighbours mostly are in the same bucket, whose number then need not be looked for. */
    private void encode(long[] times, Bitmap rows, int[] codes) {
      long first = 0;
      long last = -1;
      int id = 0;
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        long time = times[row];
        if (time < first || time > last) {
          first = round.applyAsLong(time);
          last = first + step - 1;
          id = id(first);
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
    long memoryBytes() {
      return starts.memoryBytes();
    }
  }
}
