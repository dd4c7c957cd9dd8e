package io.logcaster.client;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Complete batches in the order of their sequences: first those in flight, then those that wait.
 * Used under the lock of its queue.
 */
final class Outbox {

  private final BatchStore store;
  private final int window;
  private final ArrayDeque<Batch> waiting = new ArrayDeque<>();
  private final ArrayDeque<Batch> inFlight = new ArrayDeque<>();

  private long sent;
  private long retried;
  private long acknowledged;
  private long lastProgress;

  Outbox(BatchStore store, int window) {
    this.store = store;
    this.window = window;
  }

  void add(Batch batch) {
    waiting.add(batch);
  }

  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  boolean isInFlight() {
    return !inFlight.isEmpty();
  }

  /** Whether another batch may be sent. */
  boolean isWindowOpen() {
    return inFlight.size() < window;
  }

  /** The sequence of the first batch; a value larger than any sequence if there is none. */
  long first() {
    Batch first = inFlight.isEmpty() ? waiting.peek() : inFlight.peek();
    return (first == null) ? Long.MAX_VALUE : first.sequence;
  }

  /** Drops the first batch that is not in flight; null if there is none. */
  @Nullable Batch dropOldest() {
    Batch oldest = waiting.poll();
    if (oldest != null) {
      forget(oldest);
    }
    return oldest;
  }

  /** Drops the batch with a sequence; null if it is not there. */
  @Nullable Batch giveUp(long sequence) {
    for (ArrayDeque<Batch> batches : List.of(inFlight, waiting)) {
      for (Batch batch : batches) {
        if (batch.sequence == sequence) {
          batches.remove(batch);
          forget(batch);
          return batch;
        }
      }
    }
    return null;
  }

  private void forget(Batch batch) {
    store.forget(batch, waiting.isEmpty() && inFlight.isEmpty());
  }

  /**
   * Moves the first waiting batch into flight.
   *
   * @throws IOException if its lines are lost; it remains the first waiting batch
   */
  @Nullable Batch start(long now) throws IOException {
    Batch batch = waiting.peek();
    if (batch == null) {
      return null;
    }
    store.load(batch);
    waiting.remove();
    if (inFlight.isEmpty()) {
      lastProgress = now;
    }
    inFlight.add(batch);
    if (batch.sent) {
      retried += batch.records;
    }
    batch.sending = true;
    batch.sent = true;
    return batch;
  }

  /** Marks a batch as completely written. */
  void written(Batch batch, long now) {
    batch.sending = false;
    sent += batch.records;
    lastProgress = now;
  }

  /**
   * Removes all batches up to a sequence, including waiting ones: after a reconnect, the server
   * first reports what it has, which may include batches queued for a retry. Returns the number of
   * records removed.
   */
  long acknowledge(long upTo, long now) {
    long records = acknowledge(inFlight, upTo) + acknowledge(waiting, upTo);
    acknowledged += records;
    lastProgress = now;
    return records;
  }

  private long acknowledge(ArrayDeque<Batch> batches, long upTo) {
    long records = 0;
    for (Batch batch = batches.peek();
        batch != null && batch.sequence <= upTo;
        batch = batches.peek()) {
      batches.remove();
      records += batch.records;
      forget(batch);
    }
    return records;
  }

  /** Whether batches are in flight and there has been no progress for too long. */
  boolean isOverdue(long now, long timeout) {
    Batch first = inFlight.peek();
    return first != null && !first.sending && now - lastProgress > timeout;
  }

  /** Requeues the batches in flight; returns whether there were any. */
  boolean takeBack() {
    boolean any = !inFlight.isEmpty();
    for (Iterator<Batch> last = inFlight.descendingIterator(); last.hasNext(); ) {
      Batch batch = last.next();
      batch.sending = false;
      waiting.addFirst(batch);
    }
    inFlight.clear();
    return any;
  }

  /** The metrics of the client. */
  ClientMetrics metrics(long queued, long bytes, Losses losses, boolean connected) {
    return new ClientMetrics(
        queued, bytes, sent, acknowledged, retried, losses.total(), connected, losses.lastError());
  }
}
