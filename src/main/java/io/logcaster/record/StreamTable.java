package io.logcaster.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The streams that a builder knows, by ordinal. The stream of a record is found by the bytes in its
 * columns, without creating an object. The table outlives the batches, so that each stream is
 * created once. Senders choose the values, so the table is bounded in entries and in bytes.
 */
final class StreamTable {

  /** Beyond this many streams, those of earlier batches are forgotten. */
  static final int MAX_KNOWN_STREAMS = 8192;

  /**
   * Beyond this many bytes of values, the streams of earlier batches are forgotten: 512 bytes for
   * each possible stream, many times the length of host and service names. A stream takes a few
   * times the size of its values, because it also holds them as fields and as text.
   */
  static final int MAX_KNOWN_BYTES = 4 << 20;

  /** Estimated overhead of a stream: its objects, fields, texts, identity and table entries. */
  private static final int STREAM_BYTES = 480;

  /** A value is held for comparison, as a field, and in the stream's text. */
  private static final int VALUE_COPIES = 3;

  private static final int FIRST_CAPACITY = 64;

  private static final byte[] ABSENT = {};

  private final List<String> names;

  /** The columns of the stream fields, in the order of the names. */
  private final ColumnBuilder[] columns;

  /** Shared with finished batches: entries are added but never changed. */
  private Stream[] streams = new Stream[FIRST_CAPACITY];

  private byte[][][] values = new byte[FIRST_CAPACITY][][];

  private long[] hashes = new long[FIRST_CAPACITY];

  private int count;

  private long bytes;

  /** A hash table by stream fields with open addressing: ordinal + 1, 0 for a free slot. */
  private int[] table = new int[FIRST_CAPACITY * 2];

  /**
   * A direct-mapped cache of streams by the codes of their values, for values that have codes. A
   * slot holds the last stream with its hash; there are several slots per stream.
   */
  private int[] recentKeys = new int[FIRST_CAPACITY * 4];

  /** Stream ordinal + 1, 0 for a free slot. */
  private int[] recent = new int[FIRST_CAPACITY * 4];

  private final Cardinality cardinality;

  /** The ordinal of the overflow stream; -1 if it is not in the table. */
  private int overflow = -1;

  private long overflowed;

  /** The present, in nanoseconds since the epoch. */
  private long now;

  /** Memory of the streams added since the last batch. */
  private long newBytes;

  StreamTable(List<String> names, ColumnBuilder[] columns, Cardinality cardinality) {
    this.names = names;
    this.columns = columns;
    this.cardinality = cardinality;
  }

  /** The present, in nanoseconds since the epoch. */
  void now(long nanos) {
    now = nanos;
  }

  /** The number of records put into the overflow stream. */
  long overflowed() {
    return overflowed;
  }

  /** Returns the approximate memory of the streams added since the last call. */
  long takeNewBytes() {
    long taken = newBytes;
    newBytes = 0;
    return taken;
  }

  /** The streams by ordinal, {@link #count()} of them; more may be added to the array later. */
  Stream[] streams() {
    return streams;
  }

  int count() {
    return count;
  }

  /** The approximate memory of streams in bytes. */
  static long memoryBytes(List<Stream> streams) {
    long held = 0;
    for (Stream stream : streams) {
      held += STREAM_BYTES + (long) stream.canonical().length() * VALUE_COPIES;
    }
    return held;
  }

  /** The approximate memory of the table in bytes. */
  long memoryBytes() {
    return (long) count * STREAM_BYTES + bytes * VALUE_COPIES + recent.length * 8L;
  }

  /** The ordinal of the stream of a row, which is the last row of the columns. */
  int ordinal(int row) {
    int key = 0;
    for (ColumnBuilder column : columns) {
      int code = column.code(row);
      if (code < 0) {
        return find(row);
      }
      key = key << Byte.SIZE | code;
    }
    if (columns.length > Integer.BYTES) {
      return find(row);
    }
    int place = ((key * 0x9E3779B9) >>> 16) & (recent.length - 1);
    if (recent[place] == 0 || recentKeys[place] != key) {
      int found = find(row);
      if (found == overflow) {
        return found; // not cached, because each such record is counted
      }
      place &= recent.length - 1;
      recentKeys[place] = key;
      recent[place] = found + 1;
      return found;
    }
    return recent[place] - 1;
  }

  /** Finds the stream by the bytes of its values. */
  private int find(int row) {
    long hash = 0;
    for (ColumnBuilder column : columns) {
      hash =
          column.hasRow(row)
              ? Hash.bytes(column.arena(), column.start(row), column.end(row), hash)
              : Hash.mix(hash + 1);
    }
    int mask = table.length - 1;
    for (int at = (int) hash & mask; table[at] != 0; at = at + 1 & mask) {
      int ordinal = table[at] - 1;
      if (hashes[ordinal] == hash && isStream(values[ordinal], row)) {
        return ordinal;
      }
    }
    return isAdmitted(row) ? add(hash, row) : overflow();
  }

  private boolean isAdmitted(int row) {
    long hash = 0;
    long length = 0;
    for (ColumnBuilder column : columns) {
      if (column.hasRow(row)) {
        hash = cardinality.hash(column.arena(), column.start(row), column.end(row), hash);
        length += column.end(row) - column.start(row);
      } else {
        hash = Hash.mix(hash + 1);
      }
    }
    return cardinality.admitStream(hash, length, now);
  }

  private int overflow() {
    overflowed++;
    if (overflow < 0) {
      // Not entered in the hash table, so that no values lead to it.
      overflow = append(Cardinality.OVERFLOW_STREAM, new byte[columns.length][0], 0);
    }
    return overflow;
  }

  private boolean isStream(byte[][] values, int row) {
    for (int i = 0; i < columns.length; i++) {
      ColumnBuilder column = columns[i];
      byte[] known = values[i];
      if (column.hasRow(row)
          ? !Arrays.equals(
              known, 0, known.length, column.arena(), column.start(row), column.end(row))
          : known.length > 0) {
        return false;
      }
    }
    return true;
  }

  private int add(long hash, int row) {
    byte[][] added = new byte[columns.length][];
    List<Field> fields = new ArrayList<>(columns.length);
    for (int i = 0; i < columns.length; i++) {
      ColumnBuilder column = columns[i];
      added[i] =
          column.hasRow(row)
              ? Arrays.copyOfRange(column.arena(), column.start(row), column.end(row))
              : ABSENT;
      bytes += added[i].length;
      fields.add(new Field(names.get(i), new String(added[i], StandardCharsets.UTF_8)));
    }
    int ordinal = append(Stream.of(fields), added, hash);
    enter(ordinal);
    return ordinal;
  }

  private int append(Stream stream, byte[][] added, long hash) {
    int ordinal = count++;
    if (ordinal == streams.length) {
      grow(ordinal);
    }
    streams[ordinal] = stream;
    values[ordinal] = added;
    hashes[ordinal] = hash;
    newBytes += STREAM_BYTES;
    for (byte[] value : added) {
      newBytes += (long) value.length * VALUE_COPIES;
    }
    return ordinal;
  }

  private void grow(int held) {
    streams = Arrays.copyOf(streams, held * 2);
    values = Arrays.copyOf(values, held * 2);
    hashes = Arrays.copyOf(hashes, held * 2);
    recent = new int[held * 8];
    recentKeys = new int[held * 8];
    table = new int[table.length * 2];
    for (int i = 0; i < held; i++) {
      if (i != overflow) {
        enter(i);
      }
    }
  }

  private void enter(int ordinal) {
    int mask = table.length - 1;
    int at = (int) hashes[ordinal] & mask;
    while (table[at] != 0) {
      at = at + 1 & mask;
    }
    table[at] = ordinal + 1;
  }

  /**
   * Call between batches: clears the codes, which may change their meaning, and forgets the streams
   * if they are too many or too large.
   */
  void beginBatch() {
    Arrays.fill(recent, 0);
    if (count > MAX_KNOWN_STREAMS || bytes > MAX_KNOWN_BYTES) {
      forget();
    }
  }

  /** Forgets all streams, between batches. */
  void forget() {
    if (count > 0) {
      streams = new Stream[FIRST_CAPACITY];
      values = new byte[FIRST_CAPACITY][][];
      hashes = new long[FIRST_CAPACITY];
      table = new int[FIRST_CAPACITY * 2];
      recentKeys = new int[FIRST_CAPACITY * 4];
      recent = new int[FIRST_CAPACITY * 4];
      count = 0;
      bytes = 0;
      overflow = -1;
    }
  }
}
