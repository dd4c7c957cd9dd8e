package io.logcaster.record;

import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Limits the number of distinct streams and field names that the server accepts per day (UTC, by
 * arrival time). Senders choose both, and each costs memory wherever records are grouped, written
 * and merged, so random values could exhaust it. Records beyond the limits lose no data: their
 * values remain fields, but their stream is {@link #OVERFLOW_STREAM}, and fields with further names
 * are folded into one JSON field, like the fields beyond the limit per record.
 *
 * <p>Called only for streams and names that a builder does not know yet. Safe for use by many
 * threads at once.
 */
public final class Cardinality {

  /** The stream of records whose own stream would exceed the limit. */
  static final Stream OVERFLOW_STREAM = Stream.of(List.of(new Field("_overflow", "true")));

  /**
   * The average number of bytes that the values of a stream may have: many times the length of host
   * and service names.
   */
  private static final int BYTES_PER_STREAM = 512;

  private static final long DAY_NANOS = TimeUnit.DAYS.toNanos(1);

  /** Random, so that senders cannot construct names that collide with known ones. */
  private final long seed = new SecureRandom().nextLong();

  private final int maxStreams;

  private final int maxFields;

  private long day;

  private long streamBytes;

  private LongSet streams = new LongSet();

  private LongSet fields = new LongSet();

  /**
   * Creates the limits.
   *
   * @param maxStreams the number of streams per day
   * @param maxFields the number of field names per day
   */
  public Cardinality(int maxStreams, int maxFields) {
    this.maxStreams = maxStreams;
    this.maxFields = maxFields;
  }

  /** No limits. */
  public static Cardinality unlimited() {
    return new Cardinality(Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  /** Continues the hash of a stream or name; the initial hash is 0. */
  long hash(byte[] bytes, int from, int to, long hash) {
    return Hash.bytes(bytes, from, to, seed ^ hash);
  }

  /**
   * Whether a stream may be used; if not, its records go to the overflow stream.
   *
   * @param hash identifies the stream
   * @param bytes the total length of its values
   * @param now nanoseconds since the epoch
   */
  synchronized boolean admitStream(long hash, long bytes, long now) {
    turn(now);
    if (streams.contains(hash)) {
      return true;
    }
    if (streams.size() >= maxStreams
        || streamBytes + bytes > (long) maxStreams * BYTES_PER_STREAM) {
      return false;
    }
    streamBytes += bytes;
    streams.add(hash);
    return true;
  }

  /** Whether a field may have a column of its own. */
  synchronized boolean admitField(byte[] name, long now) {
    turn(now);
    long hash = hash(name, 0, name.length, 0);
    if (fields.contains(hash)) {
      return true;
    }
    if (fields.size() >= maxFields) {
      return false;
    }
    fields.add(hash);
    return true;
  }

  private void turn(long now) {
    long today = Math.floorDiv(now, DAY_NANOS);
    if (today > day) {
      day = today;
      streamBytes = 0;
      streams = new LongSet();
      fields = new LongSet();
    }
  }

  /** The number of streams seen today. */
  synchronized int streams() {
    return streams.size();
  }

  /** The number of field names seen today. */
  synchronized int fields() {
    return fields.size();
  }

  int maxStreams() {
    return maxStreams;
  }

  int maxFields() {
    return maxFields;
  }

  /** A set of hashes with open addressing. */
  private static final class LongSet {

    /** 0 marks a free slot. */
    private long[] table = new long[1024];

    private int size;

    int size() {
      return size;
    }

    boolean contains(long hash) {
      return table[place(hash)] != 0;
    }

    void add(long hash) {
      table[place(hash)] = key(hash);
      size++;
      if (size * 2 > table.length) {
        long[] old = table;
        table = new long[old.length * 2];
        for (long key : old) {
          if (key != 0) {
            table[place(key)] = key;
          }
        }
      }
    }

    private static long key(long hash) {
      return (hash == 0) ? 1 : hash;
    }

    private int place(long hash) {
      long key = key(hash);
      int mask = table.length - 1;
      int at = (int) key & mask;
      while (table[at] != 0 && table[at] != key) {
        at = at + 1 & mask;
      }
      return at;
    }
  }
}
