package io.logcaster.cluster.log;

import io.logcaster.record.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Rows of one partition that wait for others, to become one message with them. Guarded by the lock
 * of {@link MessageSender}, except where noted.
 */
final class MessageQueue {

  /** A message of so many rows gains nothing by more. */
  private static final int FULL_ROWS = 4_096;

  /** In memory; about 200 KB when compressed. */
  private static final long FULL_BYTES = 1 << 20;

  /** How long rows wait for others at most. */
  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  final int partition;

  /** Messages that are not acknowledged yet. Any thread may use it. */
  final AtomicInteger inFlight = new AtomicInteger();

  /** Whether a sender waits for some of the rows. Any thread may read it. */
  private volatile boolean isAwaited;

  private final List<Part> parts = new ArrayList<>();
  private long rows;
  private long bytes;
  private long since;

  /** A batch on its way: done when all messages with rows of it are acknowledged. */
  static final class Append {

    final CompletableFuture<Void> stored = new CompletableFuture<>();

    /** The partitions whose message with its rows is not acknowledged. Any thread may use it. */
    final AtomicInteger missing;

    /** Those for which no message was made yet. */
    int queued;

    Append(int partitions) {
      missing = new AtomicInteger(partitions);
      queued = partitions;
    }
  }

  /**
   * The rows of a batch.
   *
   * @param rows their numbers, ascending
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Part(RecordBatch batch, int[] rows, Append append) {}

  MessageQueue(int partition) {
    this.partition = partition;
  }

  /**
   * Adds rows.
   *
   * @param now by {@link System#nanoTime}
   * @param awaited whether a sender waits for them
   */
  void add(Part part, boolean awaited, long now) {
    if (parts.isEmpty()) {
      since = now;
    }
    isAwaited |= awaited;
    parts.add(part);
    rows += part.rows().length;
    bytes += part.batch().memoryBytes() * part.rows().length / part.batch().size();
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** Whether there should be a message now. */
  boolean isDue(long now) {
    return rows >= FULL_ROWS || bytes >= FULL_BYTES || isReady() || now - since >= LINGER_NANOS;
  }

  /**
   * Whether waiting would delay a sender: rows that are awaited wait for the answer to the message
   * before them. Any thread may ask.
   */
  boolean isReady() {
    return isAwaited && inFlight.get() == 0;
  }

  /** How long the rows may still wait. */
  long nanosLeft(long now) {
    return Math.max(1, since + LINGER_NANOS - now);
  }

  /** Takes all rows. */
  List<Part> take() {
    List<Part> taken = List.copyOf(parts);
    parts.clear();
    rows = 0;
    bytes = 0;
    isAwaited = false;
    return taken;
  }
}
