package io.logcaster.client;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Gathers records into batches and keeps these until they are acknowledged: one open batch that is
 * being filled, waiting batches, and batches in flight. Bounded in bytes. Logging threads fill it
 * and the delivery worker empties it, under one lock that is never held while waiting for the
 * network.
 */
final class BatchQueue {

  private final ReentrantLock lock = new ReentrantLock();

  /** Signals that there may be something to send, or that the worker is to stop. */
  private final Condition work = lock.newCondition();

  /** Signals that there is more room, or that a batch was acknowledged or dropped. */
  private final Condition progress = lock.newCondition();

  private final ClientOptions options;
  private final long lingerNanos;
  private final BatchStore store;
  private final boolean spooled;
  private final long capacity;
  final Losses losses;

  private final Outbox outbox;

  private final OpenBatch open;

  private long nextSequence;
  private long queued;
  private int flushing;

  /** Acknowledgements being passed to the listener; a flush waits for them. */
  private int notifying;

  private boolean refusing; // no more records are taken
  private boolean closed; // the worker ends when nothing is left, and connects no more
  private boolean abandoned; // nothing is sent any more

  BatchQueue(ClientOptions options, @Nullable Spool spool, Iterable<Batch> recovered) {
    this.options = options;
    this.losses = new Losses(options.listener());
    this.store = new BatchStore(options, spool, losses);
    this.outbox = new Outbox(store, options.window());
    this.spooled = spool != null;
    this.capacity = (spool == null) ? options.queueBytes() : options.spoolBytes();
    this.lingerNanos = options.linger().toNanos();
    this.nextSequence = options.firstSequence();
    // A rate limit is smooth only if a batch holds no more than a tenth of a second's records.
    int rate = options.recordsPerSecond();
    int most = (rate > 0) ? Math.max(1, rate / 10) : Frames.MAX_RECORDS;
    this.open =
        new OpenBatch(store.buffer(), options.batchBytes(), Math.min(Frames.MAX_RECORDS, most));
    for (Batch batch : recovered) {
      outbox.add(batch);
      store.found(batch);
      queued += batch.records;
    }
  }

  /**
   * Appends whole lines.
   *
   * @param alone whether they form a separate batch
   * @return the sequence of their batch; -1 if they were dropped
   */
  long append(byte[] source, int from, int to, int records, boolean alone) {
    lock.lock();
    try {
      if (!makeRoom(to - from, records)) {
        return -1;
      }
      if (alone || !open.hasRoom(to - from, records)) {
        seal();
      }
      if (open.isEmpty()) {
        work.signalAll();
      }
      open.add(source, from, to, records);
      queued += records;
      long sequence = nextSequence;
      if (alone) {
        seal();
      }
      return sequence;
    } finally {
      lock.unlock();
      losses.notifyListener();
    }
  }

  private boolean makeRoom(int length, int records) {
    while (true) {
      if (refusing) {
        losses.add(records, "the client is closed");
        return false;
      }
      if (nextSequence >= Frames.MAX_SEQUENCE) {
        losses.add(records, "the sequences of this client are used up: open a new one");
        return false;
      }
      long stored = open.length() + store.stored();
      if (stored == 0 || stored + length <= capacity) {
        return true;
      }
      boolean changed =
          switch (options.overflow()) {
            case BLOCK -> awaitRoom();
            case DROP_OLDEST -> dropOldest("the queue is full");
            case DROP_NEWEST, FAIL -> false;
          };
      if (!changed) {
        losses.add(records, "the queue is full");
        if (options.overflow() == Overflow.FAIL) {
          throw new QueueFullException(capacity);
        }
        return false;
      }
    }
  }

  /** Waits for a change; returns false if the thread was interrupted instead. */
  @SuppressWarnings("WaitNotInLoop") // the caller looks again
  private boolean awaitRoom() {
    try {
      progress.await();
      return true;
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean dropOldest(String reason) {
    Batch oldest = outbox.dropOldest();
    if (oldest != null) {
      queued -= oldest.records;
      losses.add(oldest.records, reason);
      progress.signalAll();
      return true;
    }
    if (!open.isEmpty()) {
      queued -= open.records();
      losses.add(open.records(), reason);
      open.clear();
      return true;
    }
    return false;
  }

  /** Completes the open batch, if it holds anything. */
  private void seal() {
    if (open.isEmpty()) {
      return;
    }
    Batch batch = open.complete(nextSequence++, store.buffer());
    store.keep(batch);
    outbox.add(batch);
    work.signalAll();
  }

  /**
   * Waits until there is something to send, or the client is closed.
   *
   * @param atLeast the minimum time to wait, in nanoseconds
   * @return false if the client is closed
   */
  boolean awaitWork(long atLeast) throws InterruptedException {
    long until = System.nanoTime() + atLeast;
    lock.lock();
    try {
      while (!closed) {
        long now = System.nanoTime();
        boolean due = lingerLeft(now) <= 0;
        if (due && spooled) {
          seal();
        }
        if (until - now <= 0 && (due || outbox.isWaiting())) {
          return true;
        }
        work.awaitNanos(Math.min(positive(until - now), positive(lingerLeft(now))));
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  private static long positive(long nanos) {
    return (nanos > 0) ? nanos : Long.MAX_VALUE;
  }

  /** The nanoseconds until the open batch is sent even if it is not full. */
  private long lingerLeft(long now) {
    if (open.isEmpty()) {
      return Long.MAX_VALUE;
    }
    return (flushing > 0) ? 0 : open.since() + lingerNanos - now;
  }

  /**
   * Takes the next batch for a connection; blocks while there is none.
   *
   * @return null if the connection is broken, or if the client is closed and nothing is left
   */
  @Nullable Batch next(Connection connection) throws InterruptedException {
    lock.lock();
    try {
      while (!connection.isBroken() && !abandoned) {
        long now = System.nanoTime();
        boolean room = outbox.isWindowOpen();
        long left = Long.MAX_VALUE;
        // An open batch keeps filling while nothing can be sent, but is spooled in time.
        if (spooled || (room && !outbox.isWaiting())) {
          left = lingerLeft(now);
          if (left <= 0) {
            seal();
          }
        }
        if (room && outbox.isWaiting()) {
          Batch batch = start(now);
          if (batch != null) {
            return batch;
          }
        } else if (closed && !outbox.isWaiting() && !outbox.isInFlight()) {
          return null;
        } else {
          work.awaitNanos(positive(left));
        }
      }
      return null;
    } finally {
      lock.unlock();
      losses.notifyListener();
    }
  }

  /** Starts sending a batch; drops it and returns null if its lines can no longer be read. */
  private @Nullable Batch start(long now) {
    try {
      return outbox.start(now);
    } catch (IOException ex) {
      dropOldest("the spool cannot be read: " + ex.getMessage());
      return null;
    }
  }

  /** Marks a batch as completely written. */
  void written(Batch batch) {
    lock.lock();
    try {
      outbox.written(batch, System.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  /** Marks everything up to a sequence as stored. */
  void acknowledge(long upTo) {
    long records;
    lock.lock();
    try {
      records = outbox.acknowledge(upTo, System.nanoTime());
      queued -= records;
      notifying++;
    } finally {
      lock.unlock();
    }
    if (records > 0) {
      options.listener().acknowledged(upTo, records);
    }
    lock.lock();
    try {
      notifying--;
      progress.signalAll();
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Drops a batch that no server will ever accept, so that it does not block later ones. */
  void giveUp(long sequence, String reason) {
    lock.lock();
    try {
      Batch refused = outbox.giveUp(sequence);
      if (refused != null) {
        queued -= refused.records;
        losses.add(refused.records, reason);
        progress.signalAll();
      }
    } finally {
      lock.unlock();
      losses.notifyListener();
    }
  }

  /** Whether batches are in flight and none has been acknowledged for too long. */
  boolean isOverdue() {
    lock.lock();
    try {
      return outbox.isOverdue(System.nanoTime(), options.ackTimeout().toNanos());
    } finally {
      lock.unlock();
    }
  }

  /** Requeues the batches in flight; returns whether there were any. */
  boolean takeBack() {
    lock.lock();
    try {
      return outbox.takeBack();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the present records are acknowledged or dropped; returns whether they are. */
  boolean flush(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long last = nextSequence - (open.isEmpty() ? 1 : 0);
      long left = nanos;
      flushing++;
      work.signalAll();
      try {
        while (notifying > 0 || !isFinished(last)) {
          if (left <= 0) {
            return false;
          }
          left = progress.awaitNanos(left);
        }
      } finally {
        flushing--;
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean isFinished(long last) {
    long first = outbox.first();
    return (first != Long.MAX_VALUE) ? first > last : open.isEmpty() || nextSequence > last;
  }

  /**
   * Stops accepting records.
   *
   * @param end whether the worker ends too, once nothing is in flight
   */
  void close(boolean end) {
    lock.lock();
    try {
      refusing = true;
      closed |= end;
      work.signalAll();
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Drops what is left or, if there is a spool, leaves it to the next run. */
  void abandon() throws IOException {
    lock.lock();
    try {
      abandoned = true;
      work.signalAll();
      if (!spooled) {
        outbox.takeBack();
        while (dropOldest("the client was closed before the server had taken them")) {
          // until nothing is left
        }
      } else {
        seal();
        store.close();
      }
    } finally {
      lock.unlock();
      losses.notifyListener();
    }
  }

  ClientMetrics metrics(boolean connected) {
    lock.lock();
    try {
      return outbox.metrics(queued, store.bytes() + open.length(), losses, connected);
    } finally {
      lock.unlock();
    }
  }
}
