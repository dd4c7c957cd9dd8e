package io.logcaster.sink;

import io.logcaster.record.RecordBatch;
import io.logcaster.work.LongLived;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A sink with its queue and the threads that fill and empty it. */
final class RunningSink {

  private static final Logger LOG = LoggerFactory.getLogger(RunningSink.class);

  /** A sink that is blocked in its receiver is interrupted after this time. */
  private static final long PATIENCE_MILLIS = 1_000;

  private final SinkDefinition definition;
  private final SinkQueue queue;
  private final DeadLetters letters;
  private final SinkCounters counters;
  private final SinkFeeder feeder;
  private final SinkDelivery delivery;
  private final Clock clock;
  private final List<Thread> threads = new ArrayList<>();

  RunningSink(
      SinkDefinition definition,
      SinkQueue queue,
      DeadLetters letters,
      SinkCounters counters,
      SinkFeeder feeder,
      SinkDelivery delivery,
      Clock clock) {
    this.definition = definition;
    this.queue = queue;
    this.letters = letters;
    this.counters = counters;
    this.feeder = feeder;
    this.delivery = delivery;
    this.clock = clock;
  }

  void start() {
    threads.add(LongLived.start("feed-" + definition.name(), feeder));
    threads.add(LongLived.start("sink-" + definition.name(), delivery));
  }

  SinkDefinition definition() {
    return definition;
  }

  SinkQueue queue() {
    return queue;
  }

  DeadLetters letters() {
    return letters;
  }

  SinkCounters counters() {
    return counters;
  }

  SinkFeeder feeder() {
    return feeder;
  }

  SinkDelivery delivery() {
    return delivery;
  }

  /** One word for what it does at present. */
  String state() {
    if (delivery.isPaused()) {
      return "paused";
    }
    if (delivery.isFailing() || feeder.trouble() != null) {
      return "failing";
    }
    if (queue.replay() != null) {
      return "replaying";
    }
    return feeder.isBlocked() ? "blocked" : "running";
  }

  /** Why it does not work; null if it does. */
  @Nullable String error() {
    String trouble = feeder.trouble();
    return (trouble != null) ? trouble : delivery.error();
  }

  /** For how long the oldest record in the queue has been waiting; 0 if none is. */
  double lagSeconds() {
    long oldest = queue.oldestMillis();
    return (oldest == 0) ? 0 : Math.max(0, clock.millis() - oldest) / 1_000.0;
  }

  /** Adds records that come from elsewhere than the log. They are durable when this returns. */
  void add(RecordBatch batch) throws IOException {
    while (!queue.add(batch, 0)) {
      switch (definition.whenFull()) {
        case DROP_NEWEST -> {
          counters.drop(SinkCounters.QUEUE_FULL, batch.size());
          return;
        }
        case DROP_OLDEST -> counters.drop(SinkCounters.QUEUE_FULL, queue.dropOldest());
        case BLOCK ->
            throw new IOException(
                "The queue of sink '%s' is full, and it is to block".formatted(definition.name()));
      }
    }
    counters.queue(batch.size());
    queue.sync();
    delivery.wake();
  }

  /** Ends its threads and closes the queue. */
  void stop() {
    feeder.stop();
    delivery.stop();
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        thread.join(PATIENCE_MILLIS);
        if (thread.isAlive()) {
          delivery.interrupt();
          thread.join(PATIENCE_MILLIS);
        }
        if (thread.isAlive()) {
          LOG.warn("Sink {} is still busy and is left behind", definition.name());
        }
      } catch (InterruptedException ex) {
        interrupted = true;
      }
    }
    try {
      queue.close();
    } catch (IOException ex) {
      LOG.warn("The queue of sink {} did not close cleanly", definition.name(), ex);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
