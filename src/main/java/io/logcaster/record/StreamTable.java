package io.logcaster.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The streams that a builder knows, by number. A record of a known stream is recognized by the
 * bytes in its columns, without an object; the table outlives the batches, so that each stream is
 * made once. Senders choose the values: the table is bounded in number and in bytes.
 */
final class StreamTable {

  /** The streams of earlier batches are forgotten beyond this many. */
  static final int MAX_KNOWN_STREAMS = 8192;

  /**
   * The streams of earlier batches are forgotten beyond this many bytes of values: 512 for each of
   * the most streams, many times what names of hosts and services take. A stream costs a few times
   * its values, as it holds them as fields and as text too.
   */
  static final int MAX_KNOWN_BYTES = 4 << 20;

  private static final int FIRST_CAPACITY = 64;

  private static final byte[] ABSENT = {};

  private final List<String> names;

  /** The columns of the stream fields, in the order of the names. */
  private final ColumnBuilder[] columns;

  /** Shared with the batches that were built: entries are added, never changed. */
  private Stream[] streams = new Stream[FIRST_CAPACITY];

  private byte[][][] values = new byte[FIRST_CAPACITY][][];

  private long[] hashes = new long[FIRST_CAPACITY];

  private int count;

  private long bytes;

  /** Open addressing on the hash of the stream fields: stream number + 1, 0 for a free place. */
  private int[] table = new int[FIRST_CAPACITY * 2];

  /**
   * Streams by the codes of their values, where those have codes. A place is taken by the last
   * stream with its hash; there are several places for each stream.
   */
  private int[] recentKeys = new int[FIRST_CAPACITY * 4];

  /** Stream number + 1, 0 for a free place. */
  private int[] recent = new int[FIRST_CAPACITY * 4];

  StreamTable(List<String> names, ColumnBuilder[] columns) {
    this.names = names;
    this.columns = columns;
  }

  /** The streams by number, {@link #count()} of them; later ones may be added to the array. */
  Stream[] streams() {
    return streams;
  }

  int count() {
    return count;
  }

  /** The number of the stream of the row that the columns were last given. */
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
    return add(hash, row);
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
    int ordinal = count++;
    if (ordinal == streams.length) {
      grow(ordinal);
    }
    streams[ordinal] = Stream.of(fields);
    values[ordinal] = added;
    hashes[ordinal] = hash;
    enter(ordinal);
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
      enter(i);
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
   * To be called between batches: codes may mean something else in the next one, and streams are
   * forgotten where they are too many or too large.
   */
  void beginBatch() {
    Arrays.fill(recent, 0);
    if (count > MAX_KNOWN_STREAMS || bytes > MAX_KNOWN_BYTES) {
      streams = new Stream[FIRST_CAPACITY];
      values = new byte[FIRST_CAPACITY][][];
      hashes = new long[FIRST_CAPACITY];
      table = new int[FIRST_CAPACITY * 2];
      recentKeys = new int[FIRST_CAPACITY * 4];
      recent = new int[FIRST_CAPACITY * 4];
      count = 0;
      bytes = 0;
    }
  }
}
