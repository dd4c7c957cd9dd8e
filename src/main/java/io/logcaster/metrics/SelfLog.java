package io.logcaster.metrics;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.logcaster.pipeline.Intake;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Severity;
import io.logcaster.work.LongLived;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Stores the server's own log. Logging threads only add the event to a bounded queue; one thread
 * turns events into records.
 *
 * <p>Storing such a record may make the server log again, and so on forever. Three rules prevent
 * this feedback; events that they exclude are counted as dropped with reason {@value #FEEDBACK}:
 *
 * <ol>
 *   <li>Events logged by the thread that creates the records are never stored.
 *   <li>While such records are in flight, events from the packages that a record passes through are
 *       not stored, because they may be about these records.
 *   <li>Those packages may also process a record later, so at other times only {@value
 *       #ROOM_EVENTS} of their events per minute are stored.
 * </ol>
 */
final class SelfLog extends AppenderBase<ILoggingEvent> {

  static final String APP = "logcaster";
  static final String FEEDBACK = "feedback";
  static final String QUEUE_FULL = "queue_full";

  /**
   * Enough for a burst of stack traces at a start; at some kilobytes each, still only a few
   * megabytes.
   */
  static final int QUEUE = 1_024;

  static final int ROOM_EVENTS = 20;

  private static final long MINUTE_MILLIS = 60_000;

  /** How long records may be in flight before the next ones are submitted anyway. */
  private static final long PATIENCE_SECONDS = 5;

  private static final int MAX_STACK_TRACE = 64 << 10;

  /** The packages that a record passes through, including those of libraries. */
  static final List<String> ROOMS =
      List.of(
          "io.logcaster.record.",
          "io.logcaster.pipeline.",
          "io.logcaster.storage.",
          "io.logcaster.tail.",
          "reactor.",
          "org.h2.",
          "com.zaxxer.hikari.");

  private final OwnRecords records;
  private final ArrayBlockingQueue<ILoggingEvent> queue = new ArrayBlockingQueue<>(QUEUE);
  private volatile boolean underWay;
  private volatile @Nullable Thread thread;
  private long minute;
  private int roomEvents;

  SelfLog(OwnRecords records) {
    this.records = records;
    setName("self");
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (Thread.currentThread().equals(thread) || isFeedback(event)) {
      records.metrics().drop(FEEDBACK, 1);
      return;
    }
    event.prepareForDeferredProcessing();
    if (!queue.offer(event)) {
      records.metrics().drop(QUEUE_FULL, 1);
    }
  }

  private boolean isFeedback(ILoggingEvent event) {
    String logger = event.getLoggerName();
    if (ROOMS.stream().noneMatch(logger::startsWith)) {
      return false;
    }
    return underWay || !mayRoomSpeak(event.getTimeStamp());
  }

  private boolean mayRoomSpeak(long millis) {
    long now = millis / MINUTE_MILLIS;
    if (now != minute) {
      minute = now;
      roomEvents = 0;
    }
    return ++roomEvents <= ROOM_EVENTS;
  }

  /** Starts the thread that creates records. */
  void begin() {
    thread = LongLived.start("self-log", this::work);
  }

  /** Stores the events logged so far and ends the thread. */
  void end() throws InterruptedException {
    stop();
    Thread running = thread;
    if (running != null) {
      running.interrupt();
      running.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    }
    pump();
  }

  private void work() {
    try {
      while (isStarted()) {
        ILoggingEvent first = queue.take();
        pump(first);
      }
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
  }

  /** Turns everything queued into a batch and submits it. */
  void pump() throws InterruptedException {
    ILoggingEvent first = queue.poll();
    if (first != null) {
      pump(first);
    }
  }

  private void pump(ILoggingEvent first) throws InterruptedException {
    List<ILoggingEvent> events = new ArrayList<>();
    events.add(first);
    queue.drainTo(events);
    RecordBatch batch = batch(events);
    underWay = true;
    try {
      CompletableFuture<Intake.Outcome> outcome = records.offer(batch);
      if (outcome != null) {
        outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException ex) {
      // The ledger counts the outcome; logging it would be feedback.
    } finally {
      underWay = false;
    }
  }

  private RecordBatch batch(List<ILoggingEvent> events) {
    RecordBatchBuilder builder = RecordBatch.builder(records.streamFields());
    int app = builder.column("app");
    int host = builder.column("host");
    int logger = builder.column("logger");
    int threadName = builder.column("thread");
    int stackTrace = builder.column("stack_trace");
    for (ILoggingEvent event : events) {
      Instant time = event.getInstant();
      builder.time(
          time != null
              ? OwnRecords.nanos(time)
              : TimeUnit.MILLISECONDS.toNanos(event.getTimeStamp()));
      builder.value(app, APP);
      builder.value(host, records.host().get());
      String level = event.getLevel().toString();
      builder.value(RecordBatchBuilder.LEVEL, level);
      builder.severity(Severity.parse(level));
      builder.value(logger, event.getLoggerName());
      builder.value(threadName, event.getThreadName());
      String message = event.getFormattedMessage();
      builder.value(RecordBatchBuilder.MESSAGE, message == null ? "" : message);
      IThrowableProxy thrown = event.getThrowableProxy();
      if (thrown != null) {
        String trace = ThrowableProxyUtil.asString(thrown).stripTrailing();
        builder.value(
            stackTrace,
            trace.length() > MAX_STACK_TRACE ? trace.substring(0, MAX_STACK_TRACE) : trace);
      }
      builder.end();
    }
    return builder.build();
  }
}
