package io.logcaster.client;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Gathers records into batches and keeps these until they are acknowledged: an open batch that is
 * being filled, batches that wait, batches on their way. Bounded in bytes. Threads that log fill it
 * and the sender's threads empty it, all under one lock that nobody holds while the network is
 * slow.
 */
final class BatchQueue {

  /** Buffers kept for the next batches: as many as a usual window has. */
  private static final int MAX_SPARE = 16;

  private final ReentrantLock lock = new ReentrantLock();

  /** Something may be sent, or the sender is to stop. */
  private final Condition work = lock.newCondition();

  /** There is more room, or a batch is finished. */
  private final Condition progress = lock.newCondition();

  private final ClientOptions options;
  private final int maxRecords;
  private final long lingerNanos;
  private final @Nullable Spool spool;
  private final String clientId;
  private final long capacity;
  private final Losses losses;

  private final ArrayDeque<Batch> waiting = new ArrayDeque<>();
  private final ArrayDeque<Batch> inFlight = new ArrayDeque<>();
  private final ArrayDeque<byte[]> spare = new ArrayDeque<>();

  private byte[] open;
  private int openLength;
  private int openRecords;
  private long openSince;

  private long nextSequence;

  /** Content of the batches that are not acknowledged, without the open one. */
  private long bytes;

  /** Of these, what is in memory. */
  private long memory;

  private long queued;
  private long sent;
  private long acknowledged;
  private long retried;
  private long lastProgress;
  private int flushing;

  /** No more records are taken. */
  private boolean refusing;

  /** The sender ends when everything is acknowledged, and connects no more. */
  private boolean closed;

  /** Nothing is sent any more. */
  private boolean abandoned;

  BatchQueue(ClientOptions options, @Nullable Spool spool, Iterable<Batch> recovered) {
    this.options = options;
    this.spool = spool;
    this.clientId = options.clientId();
    this.capacity = (spool == null) ? options.queueBytes() : options.spoolBytes();
    this.lingerNanos = options.linger().toNanos();
    // A limited rate is kept evenly only with batches that it lets through in a tenth of a second.
    int rate = options.recordsPerSecond();
    this.maxRecords = (rate > 0) ? Math.max(1, rate / 10) : Integer.MAX_VALUE;
    this.nextSequence = options.firstSequence();
    this.losses = new Losses(options.listener());
    this.open = new byte[options.batchBytes()];
    for (Batch batch : recovered) {
      waiting.add(batch);
      bytes += batch.length;
      queued += batch.records;
    }
  }

  Losses losses() {
    return losses;
  }

  /** Takes whole lines; see {@link LogCasterClient} for what happens without room. */
  boolean append(byte[] source, int from, int to, int records) {
    lock.lock();
    try {
      int length = to - from;
      if (!makeRoom(length, records)) {
        return false;
      }
      if (openRecords > 0
          && (openLength + length > options.batchBytes() || openRecords >= maxRecords)) {
        seal();
      }
      if (open.length < length) {
        open = new byte[length];
      }
      System.arraycopy(source, from, open, openLength, length);
      if (openRecords == 0) {
        openSince = System.nanoTime();
        work.signalAll();
      }
      openLength += length;
      openRecords += records;
      queued += records;
      return true;
    } finally {
      lock.unlock();
      losses.tell();
    }
  }

  /** Takes lines as a batch of their own and returns its sequence, or -1 if it was dropped. */
  long appendBatch(byte[] source, int from, int to, int records) {
    lock.lock();
    try {
      if (!makeRoom(to - from, records)) {
        return -1;
      }
      seal();
      if (to - from > open.length) {
        open = new byte[to - from];
      }
      System.arraycopy(source, from, open, 0, to - from);
      openLength = to - from;
      openRecords = records;
      queued += records;
      long sequence = nextSequence;
      seal();
      return sequence;
    } finally {
      lock.unlock();
      losses.tell();
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
      long stored = stored();
      if (stored == 0 || stored + length <= capacity) {
        return true;
      }
      switch (options.overflow()) {
        case BLOCK -> {
          try {
            progress.await();
          } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            losses.add(records, "the thread was interrupted while it waited for room");
            return false;
          }
        }
        case DROP_OLDEST -> {
          if (!dropOldest("the queue is full")) {
            losses.add(records, "the queue is full");
            return false;
          }
        }
        case DROP_NEWEST -> {
          losses.add(records, "the queue is full");
          return false;
        }
        case FAIL -> {
          losses.add(records, "the queue is full");
          throw new QueueFullException(capacity);
        }
      }
    }
  }

  private long stored() {
    return openLength + ((spool == null) ? bytes : spool.bytes());
  }

  private boolean dropOldest(String reason) {
    Batch oldest = waiting.poll();
    if (oldest != null) {
      queued -= oldest.records;
      losses.add(oldest.records, reason);
      forget(oldest);
      return true;
    }
    if (openRecords > 0) {
      queued -= openRecords;
      losses.add(openRecords, reason);
      openLength = 0;
      openRecords = 0;
      return true;
    }
    return false;
  }

  /** Completes the open batch, if it holds anything. */
  private void seal() {
    if (openRecords == 0) {
      return;
    }
    Batch batch = new Batch(nextSequence++, open, openLength, openRecords);
    bytes += openLength;
    memory += openLength;
    if (spool != null) {
      try {
        spool.write(batch, clientId);
        if (memory > options.queueBytes()) {
          dropPayload(batch);
        }
      } catch (IOException ex) {
        losses.error("The spool cannot be written, the batch is kept in memory: " + ex);
      }
    }
    byte[] next = spare.poll();
    open = (next != null) ? next : new byte[options.batchBytes()];
    openLength = 0;
    openRecords = 0;
    waiting.add(batch);
    work.signalAll();
  }

  private void dropPayload(Batch batch) {
    byte[] payload = batch.payload;
    if (payload == null) {
      return;
    }
    memory -= batch.length;
    if (!batch.sending && payload.length == options.batchBytes() && spare.size() < MAX_SPARE) {
      spare.push(payload);
    }
    batch.payload = null;
  }

  private void forget(Batch batch) {
    bytes -= batch.length;
    dropPayload(batch);
    progress.signalAll();
    Spool.Place place = batch.place;
    if (spool != null && place != null) {
      try {
        spool.release(place, waiting.isEmpty() && inFlight.isEmpty());
      } catch (IOException ex) {
        losses.error("The spool cannot be cleared: " + ex);
      }
    }
  }

  /**
   * Waits until there is something to send.
   *
   * @param atLeast nanoseconds to wait even if there is
   * @return false when the client is closed
   */
  boolean awaitWork(long atLeast) throws InterruptedException {
    long until = System.nanoTime() + atLeast;
    lock.lock();
    try {
      while (!closed) {
        long now = System.nanoTime();
        boolean due = lingerLeft(now) <= 0;
        if (due && spool != null) {
          seal();
        }
        if (until - now <= 0 && (due || !waiting.isEmpty())) {
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

  /** Nanoseconds until the open batch is sent anyway. */
  private long lingerLeft(long now) {
    if (openRecords == 0) {
      return Long.MAX_VALUE;
    }
    return (flushing > 0) ? 0 : openSince + lingerNanos - now;
  }

  /**
   * Takes the next batch for a connection, waits for it while there is none.
   *
   * @return null when the connection is broken, or the client is closed and has nothing more
   */
  @Nullable Batch next(Connection connection) throws InterruptedException {
    lock.lock();
    try {
      while (!connection.isBroken() && !abandoned) {
        long now = System.nanoTime();
        boolean room = inFlight.size() < options.window();
        long left = Long.MAX_VALUE;
        // An open batch goes on filling while nothing can be sent, but is spooled in time.
        if (spool != null || (room && waiting.isEmpty())) {
          left = lingerLeft(now);
          if (left <= 0) {
            seal();
          }
        }
        if (room) {
          Batch batch = waiting.poll();
          if (batch != null) {
            if (inFlight.isEmpty()) {
              lastProgress = now;
            }
            inFlight.add(batch);
            if (load(batch)) {
              return batch;
            }
            continue;
          }
          if (closed && inFlight.isEmpty()) {
            return null;
          }
        }
        work.awaitNanos(positive(left));
      }
      return null;
    } finally {
      lock.unlock();
      losses.tell();
    }
  }

  /** Reads a payload from the spool where it is not in memory. */
  private boolean load(Batch batch) {
    Spool.Place place = batch.place;
    if (batch.payload == null) {
      try {
        if (spool == null || place == null) {
          throw new IOException("the batch has no lines");
        }
        batch.payload = spool.payload(batch, place);
        memory += batch.length;
      } catch (IOException ex) {
        inFlight.remove(batch);
        queued -= batch.records;
        losses.add(batch.records, "the spool cannot be read: " + ex.getMessage());
        forget(batch);
        return false;
      }
    }
    if (batch.sent) {
      retried += batch.records;
    }
    batch.sending = true;
    batch.sent = true;
    return true;
  }

  /** A batch was written whole. */
  void written(Batch batch) {
    lock.lock();
    try {
      batch.sending = false;
      sent += batch.records;
      lastProgress = System.nanoTime();
    } finally {
      lock.unlock();
    }
  }

  /** Everything up to a sequence is stored. */
  void acknowledge(long upTo) {
    long records = 0;
    lock.lock();
    try {
      records += acknowledge(inFlight, upTo);
      // After a reconnect the server says first what it has, of what is to be sent again.
      records += acknowledge(waiting, upTo);
      queued -= records;
      acknowledged += records;
      lastProgress = System.nanoTime();
      progress.signalAll();
      work.signalAll();
    } finally {
      lock.unlock();
    }
    if (records > 0) {
      options.listener().acknowledged(upTo, records);
    }
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

  /** Whether something is on its way and nothing was acknowledged for too long. */
  boolean isOverdue() {
    lock.lock();
    try {
      Batch first = inFlight.peek();
      return first != null
          && !first.sending
          && System.nanoTime() - lastProgress > options.ackTimeout().toNanos();
    } finally {
      lock.unlock();
    }
  }

  /** Takes back what was on its way; returns whether there was any. */
  boolean takeBack() {
    lock.lock();
    try {
      boolean any = !inFlight.isEmpty();
      for (Iterator<Batch> last = inFlight.descendingIterator(); last.hasNext(); ) {
        Batch batch = last.next();
        batch.sending = false;
        waiting.addFirst(batch);
      }
      inFlight.clear();
      return any;
    } finally {
      lock.unlock();
    }
  }

  /** Makes the sender look again. */
  void wake() {
    lock.lock();
    try {
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until what is there now is acknowledged or dropped; returns whether it is. */
  boolean flush(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long last = nextSequence - ((openRecords > 0) ? 0 : 1);
      long left = nanos;
      flushing++;
      work.signalAll();
      try {
        while (!isFinished(last)) {
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
    Batch first = inFlight.isEmpty() ? waiting.peek() : inFlight.peek();
    return (first != null) ? first.sequence > last : openRecords == 0 || nextSequence > last;
  }

  /** Takes no more records. */
  void refuse() {
    lock.lock();
    try {
      refusing = true;
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets the sender end. */
  void close() {
    lock.lock();
    try {
      refusing = true;
      closed = true;
      work.signalAll();
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Gives up what is left, or leaves it to the next run where there is a spool. */
  void abandon() throws IOException {
    lock.lock();
    try {
      abandoned = true;
      work.signalAll();
      if (spool == null) {
        takeBack();
        while (dropOldest("the client was closed before the server had taken them")) {
          // until nothing is left
        }
      } else {
        seal();
        spool.close();
      }
    } finally {
      lock.unlock();
      losses.tell();
    }
  }

  ClientMetrics metrics(boolean connected) {
    lock.lock();
    try {
      return new ClientMetrics(
          queued,
          bytes + openLength,
          sent,
          acknowledged,
          retried,
          losses.total(),
          connected,
          losses.lastError());
    } finally {
      lock.unlock();
    }
  }
}
