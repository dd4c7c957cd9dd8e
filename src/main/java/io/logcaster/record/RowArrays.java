package io.logcaster.record;

import java.util.Arrays;

/** The time, severity and stream of each row of a batch being built. Not thread-safe. */
final class RowArrays {

  private static final int FIRST_CAPACITY = 64;

  /** The bytes of a row: a long, a byte and an int. */
  private static final long ROW_BYTES = 13;

  private long[] times = new long[FIRST_CAPACITY];

  private byte[] severities = new byte[FIRST_CAPACITY];

  private int[] streamOrdinals = new int[FIRST_CAPACITY];

  private int size;

  int size() {
    return size;
  }

  void add(long time, int severity, int streamOrdinal) {
    if (size == times.length) {
      int capacity = Math.min(size * 4, Math.max(RecordBatchBuilder.MAX_RECORDS, size * 2));
      times = Arrays.copyOf(times, capacity);
      severities = Arrays.copyOf(severities, capacity);
      streamOrdinals = Arrays.copyOf(streamOrdinals, capacity);
    }
    times[size] = time;
    severities[size] = (byte) severity;
    streamOrdinals[size] = streamOrdinal;
    size++;
  }

  long[] times() {
    return times;
  }

  byte[] severities() {
    return severities;
  }

  int[] streamOrdinals() {
    return streamOrdinals;
  }

  /** Starts over with new arrays for as many rows, because a batch now owns the old ones. */
  void renew() {
    renew(Math.max(FIRST_CAPACITY, size));
  }

  /** Starts over with small arrays. */
  void shrink() {
    renew(FIRST_CAPACITY);
  }

  private void renew(int capacity) {
    times = new long[capacity];
    severities = new byte[capacity];
    streamOrdinals = new int[capacity];
    size = 0;
  }

  long memoryBytes() {
    return times.length * ROW_BYTES;
  }
}
