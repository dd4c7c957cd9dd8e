package io.logcaster.sink;

import io.logcaster.record.Bitmap;
import io.logcaster.system.Printable;
import io.logcaster.system.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the records of a queue to its sink, round by round, on a thread of its own. A round that
 * fails is repeated after a growing pause. A round that is refused is divided, until the records
 * that the receiver does not want stand alone and become dead letters.
 */
final class SinkDelivery implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(SinkDelivery.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** A receiver that asks for more is not waited for longer. */
  private static final Duration LONGEST_ASKED = Duration.ofHours(1);

  private final SinkDefinition definition;
  private final Supplier<Sink> opener;
  private final UnaryOperator<String> redact;
  private final SinkQueue queue;
  private final QueueReader reader;
  private final DeadLetters letters;
  private final SinkCounters counters;
  private final Runnable freed;
  private final RandomGenerator random;

  private final AtomicInteger flushes = new AtomicInteger();
  private volatile boolean stopped;
  private volatile boolean paused;
  private volatile boolean inSink;
  private volatile boolean hurried;
  private volatile @Nullable String error;
  private volatile @Nullable Thread thread;

  // Used by the thread only.
  private @Nullable Sink sink;
  private volatile int failures;
  private int limit;

  /** What is to be written again of a round that was taken only in part. */
  private @Nullable SinkRound rest;

  /**
   * @param opener opens the sink; throws a {@link ProblemException} if its options are wrong
   * @param redact removes secrets from messages
   * @param freed called when there is more room in the queue
   */
  SinkDelivery(
      SinkDefinition definition,
      Supplier<Sink> opener,
      UnaryOperator<String> redact,
      SinkQueue queue,
      DeadLetters letters,
      SinkCounters counters,
      Runnable freed,
      RandomGenerator random,
      boolean paused) {
    this.definition = definition;
    this.opener = opener;
    this.redact = redact;
    this.queue = queue;
    this.reader = new QueueReader(queue, counters);
    this.letters = letters;
    this.counters = counters;
    this.freed = freed;
    this.random = random;
    this.paused = paused;
    this.limit = definition.batchSize();
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    try {
      while (!stopped) {
        if (paused) {
          close();
          LockSupport.park(this);
        } else {
          round();
        }
      }
    } catch (IOException ex) {
      throw new IllegalStateException(
          "The queue of sink %s cannot be read".formatted(definition.name()), ex);
    } finally {
      close();
    }
  }

  private void round() throws IOException {
    SinkQueue.Place start = queue.start();
    SinkRound left = rest;
    if (left != null && left.end().position() <= start.position()) {
      left = null; // dropped meanwhile
      rest = null;
    }
    if (left == null && !await(start)) {
      return;
    }
    SinkRound round = (left == null) ? new SinkRound(reader, start) : left;
    try {
      Sink open = open();
      inSink = true;
      open.begin(start.position());
      if (left == null) {
        gather(open, round);
      } else {
        left.read(left.all(), open::write);
      }
      if (stopped || round.count() == 0) {
        return;
      }
      open.flush();
      inSink = false;
      succeed(round);
    } catch (SinkException ex) {
      inSink = false;
      fail(ex, round);
    } catch (ProblemException ex) {
      inSink = false;
      fail(SinkException.temporary(String.valueOf(ex.getBody().getDetail()), ex), round);
    } catch (RuntimeException ex) {
      inSink = false;
      fail(SinkException.temporary("The sink failed: " + ex, ex), round);
    } finally {
      inSink = false;
    }
  }

  private void gather(Sink open, SinkRound round) throws IOException {
    long deadline = System.nanoTime() + definition.linger().toNanos();
    while (!stopped && round.count() < limit) {
      inSink = false; // an interrupt would close the files of the queue
      QueueReader.Item item = reader.read(round.end(), limit - round.count());
      inSink = true;
      if (item != null) {
        round.add(item);
        open.write(item.batch());
      } else if (round.count() == 0 || !awaitMore(deadline)) {
        return;
      }
    }
  }

  /** Waits until something is in the queue; false if it is time to look again. */
  private boolean await(SinkQueue.Place start) throws IOException {
    if (queue.locate(start) != null) {
      return true;
    }
    hurried = false;
    if (!stopped && !paused) {
      LockSupport.park(this);
    }
    return false;
  }

  /** Waits for more records of a round; false if it lasted long enough. */
  private boolean awaitMore(long deadline) {
    long left = deadline - System.nanoTime();
    if (left <= 0 || stopped || paused || hurried) {
      return false;
    }
    LockSupport.parkNanos(this, left);
    return true;
  }

  private Sink open() {
    Sink open = sink;
    if (open == null) {
      open = opener.get();
      sink = open;
    }
    return open;
  }

  private void succeed(SinkRound round) throws IOException {
    if (failures > 0) {
      LOG.info("Sink {} works again", definition.name());
    }
    error = null;
    limit = (int) Math.min(definition.batchSize(), limit * 2L);
    counters.send(round.count());
    finish(round);
  }

  private void finish(SinkRound round) throws IOException {
    rest = null;
    failures = 0;
    queue.acknowledge(round.end());
    freed.run();
  }

  private void fail(SinkException failure, SinkRound round) throws IOException {
    if (stopped) {
      return;
    }
    String message = redact.apply(Printable.line(String.valueOf(failure.getMessage())));
    switch (failure.kind()) {
      case TEMPORARY -> {
        counters.retry(round.count());
        pause(message, failure);
      }
      case PERMANENT -> {
        if (round.count() > 1 && rest == null) {
          limit = round.count() / 2;
          counters.retry(round.count());
        } else {
          bury(round, round.all(), message);
          finish(round);
        }
      }
      case PARTIAL -> part(failure, message, round);
    }
  }

  /** Buries what was refused, and remembers what is to be sent again. */
  private void part(SinkException failure, String message, SinkRound round) throws IOException {
    Bitmap refused = round.offsets(failure.refused().keySet());
    Bitmap again = round.offsets(failure.retried().keySet());
    if (!refused.isEmpty()) {
      String reason = message + ": " + failure.refused().firstEntry().getValue();
      bury(round, refused, redact.apply(Printable.line(reason)));
    }
    counters.send(Math.max(0, round.count() - refused.cardinality() - again.cardinality()));
    if (again.isEmpty()) {
      finish(round);
    } else {
      counters.retry(again.cardinality());
      rest = round.rest(again);
      pause(message, failure);
    }
  }

  private void bury(SinkRound round, Bitmap selected, String reason) throws IOException {
    round.read(
        selected,
        (dead) -> {
          counters.drop(SinkCounters.DEAD_LETTERS_FULL, letters.add(dead, reason));
          counters.bury(dead.size());
        });
    LOG.warn("Sink {} refused records for good: {}", definition.name(), reason);
    error = reason;
  }

  private void pause(String message, SinkException failure) {
    if (!message.equals(error)) {
      LOG.warn("Sink {} cannot deliver, and tries again: {}", definition.name(), message);
    }
    error = message;
    int count = failures + 1; // only this thread writes it
    failures = count;
    long longest = LONGEST_PAUSE.toMillis();
    long grown = FIRST_PAUSE.toMillis() << Math.min(count - 1, 10);
    // Half of it by chance, so that many sinks do not come back in the same moment.
    long millis = Math.min(longest, grown);
    millis = millis / 2 + random.nextLong(millis / 2 + 1);
    Duration asked = failure.retryAfter();
    if (asked != null) {
      millis = Math.max(millis, Math.min(asked.toMillis(), LONGEST_ASKED.toMillis()));
    }
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    int flushed = flushes.get();
    while (!stopped && !paused && flushed == flushes.get()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return;
      }
      LockSupport.parkNanos(this, left);
    }
  }

  private void close() {
    Sink open = sink;
    sink = null;
    if (open != null) {
      try {
        open.close();
      } catch (SinkException | RuntimeException ex) {
        LOG.warn("Sink {} did not close cleanly", definition.name(), ex);
      }
    }
  }

  /** There may be something to do. */
  void wake() {
    Thread running = thread;
    if (running != null) {
      LockSupport.unpark(running);
    }
  }

  void pause(boolean now) {
    paused = now;
    wake();
  }

  boolean isPaused() {
    return paused;
  }

  /** Ends a pause between attempts, and does not wait for more records. */
  void flush() {
    hurried = true;
    flushes.incrementAndGet();
    wake();
  }

  /** Whether the last attempt failed. */
  boolean isFailing() {
    return failures > 0;
  }

  /** Why the last attempt failed; null if it did not. */
  @Nullable String error() {
    return error;
  }

  /** Ends {@link #run} soon. */
  void stop() {
    stopped = true;
    wake();
  }

  /** Interrupts a sink that holds up the end; never the queue, whose files would be closed. */
  void interrupt() {
    Thread running = thread;
    if (running != null && inSink) {
      running.interrupt();
    }
  }
}
