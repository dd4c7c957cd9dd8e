package io.logcaster.client;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Complete batches in the order of their sequences: first those on their way, then those that wait.
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

  /** Whether another batch may go on its way. */
  boolean isWindowOpen() {
    return inFlight.size() < window;
  }

  /** The sequence of the first batch, larger than any if there is none. */
  long first() {
    Batch first = inFlight.isEmpty() ? waiting.peek() : inFlight.peek();
    return (first == null) ? Long.MAX_VALUE : first.sequence;
  }

  /** Gives up the first batch that is not on its way; null if there is none. */
  @Nullable Batch dropOldest() {
    Batch oldest = waiting.poll();
    if (oldest != null) {
      forget(oldest);
    }
    return oldest;
  }

  /** Gives up the batch with a sequence; null if it is not there. */
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
   * Puts the first batch that waits on its way.
   *
   * @throws IOException if its lines are lost; it is still the first
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

  /** A batch was written whole. */
  void written(Batch batch, long now) {
    batch.sending = false;
    sent += batch.records;
    lastProgress = now;
  }

  /**
   * Forgets everything up to a sequence, also of what waits: after a reconnect the server says
   * first what it has, of what is to be sent again. Returns how many records these are.
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

  /** Whether something is on its way and nothing has moved for too long. */
  boolean isOverdue(long now, long timeout) {
    Batch first = inFlight.peek();
    return first != null && !first.sending && now - lastProgress > timeout;
  }

  /** Takes back what was on its way; returns whether there was any. */
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

  /** All figures of the client. */
  ClientMetrics metrics(long queued, long bytes, Losses losses, boolean connected) {
    return new ClientMetrics(
        queued, bytes, sent, acknowledged, retried, losses.total(), connected, losses.lastError());
  }
}
