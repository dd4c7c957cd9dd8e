package io.logcaster.tail;

import io.logcaster.tail.TailEvent.Gap;
import io.logcaster.tail.TailEvent.Heartbeat;
import io.logcaster.tail.TailEvent.Records;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.FluxSink;

/**
 * One reader of a tail: a queue bounded in bytes between the thread that prints records and the
 * connection. Records that do not fit are counted, and the reader gets the count at the place where
 * they are missing. Thread-safe.
 */
final class TailSubscriber {

  private final FluxSink<TailEvent> sink;
  private final long capacity;

  /** Pending calls of {@link #drain}; the first caller serves them all. */
  private final AtomicInteger draining = new AtomicInteger();

  private final ArrayDeque<TailEvent> queue = new ArrayDeque<>();
  private long queuedBytes;
  private long gap;
  private boolean beat;
  private long lastSent;
  private boolean closed;

  /**
   * @param capacity how many bytes of records may wait; one {@link Records} always may
   */
  TailSubscriber(FluxSink<TailEvent> sink, long capacity, long nanoTime) {
    this.sink = sink;
    this.capacity = capacity;
    this.lastSent = nanoTime;
    this.beat = true; // sends the response's headers, so that the client knows that it is connected
  }

  synchronized boolean hasRoom() {
    return queuedBytes < capacity;
  }

  /** Queues records, or counts them as missed if there is no room. */
  synchronized void offer(Records records) {
    if (closed) {
      return;
    }
    if (queuedBytes > 0 && queuedBytes + records.json().length > capacity) {
      gap += records.count();
      return;
    }
    if (gap > 0) {
      queue.add(new Gap(gap));
      gap = 0;
    }
    records.hold();
    queue.add(records);
    queuedBytes += records.json().length;
  }

  /** Counts records that this reader will not see. */
  synchronized void miss(long count) {
    gap += count;
  }

  /** Passes on queued records as far as the connection accepts them. Does not block. */
  void drain(long nanoTime) {
    if (draining.getAndIncrement() != 0) {
      return;
    }
    int served = 1;
    do {
      while (sink.requestedFromDownstream() > 0 && !sink.isCancelled()) {
        TailEvent event = poll(nanoTime);
        if (event == null) {
          break;
        }
        sink.next(event);
      }
      served = draining.addAndGet(-served);
    } while (served != 0);
  }

  private synchronized @Nullable TailEvent poll(long nanoTime) {
    TailEvent event = queue.poll();
    if (event instanceof Records records) {
      queuedBytes -= records.json().length;
      records.letGo();
    } else if (event == null && gap > 0) {
      event = new Gap(gap);
      gap = 0;
    } else if (event == null && beat) {
      event = Heartbeat.INSTANCE;
    }
    if (event != null) {
      beat = false;
      lastSent = nanoTime;
    }
    return event;
  }

  /** Requests a heartbeat if nothing was sent for a while. */
  synchronized void beatAfter(long silenceNanos, long nanoTime) {
    if (nanoTime - lastSent >= silenceNanos) {
      beat = true;
    }
  }

  /** Releases the queue and accepts nothing more. */
  synchronized void close() {
    closed = true;
    queuedBytes = 0;
    for (TailEvent event : queue) {
      if (event instanceof Records records) {
        records.letGo();
      }
    }
    queue.clear();
  }

  void complete() {
    sink.complete();
  }
}
