package io.logcaster.ingest.docker;

import io.logcaster.ingest.BatchSubmitter;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.InputStats;
import io.logcaster.pipeline.Intake;
import io.logcaster.record.DeliveryMark;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Severity;
import io.logcaster.record.Timestamps;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log of one container until it ends, and across its restarts. Its own thread calls
 * {@link #run}, the input's thread {@link #flush}.
 *
 * <p>A batch ends between two times, never within a line, so that reading can go on after the last
 * time that is stored. See {@link Positions}.
 */
final class ContainerReader {

  private static final Logger LOG = LoggerFactory.getLogger(ContainerReader.class);

  /** Smaller than others' batches, because a machine may have hundreds of containers. */
  private static final int MAX_RECORDS = 1_000;

  private static final long MAX_BYTES = 256 << 10;

  /** The records of a moment, or of a line in parts, may exceed a batch as many times. */
  private static final int MAX_BATCHES = 8;

  /** How long to wait for lines of earlier runs, before a start is marked. */
  private static final long EARLIER_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long STOP_SECONDS = 10;

  private static final String CLIENT = "\u0001docker-"; // no framed client's name begins so

  private final DockerApi api;
  private final InputContext context;
  private final Positions positions;
  private final BooleanSupplier open;
  private final String id;
  private final ContainerRecords.Maker maker;
  private final int maxRecordSize;
  private final ReentrantLock lock = new ReentrantLock();
  private final Instant since;
  private final ArrayDeque<CompletableFuture<Intake.Outcome>> inFlight = new ArrayDeque<>();

  private @Nullable BatchSubmitter submitter;
  private @Nullable ContainerRecords records;
  private volatile DockerApi.@Nullable Answer log;
  private volatile boolean failed;
  private volatile String name = "";
  private final LongAdder stored = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  /** The number of the last batch that was handed in; -1 before the first. */
  private long number;

  /** The time of the last message. */
  private long last;

  /** The container whose start is to be marked; null if there is none. */
  private @Nullable Container started;

  /** Whether the log was read to its end. */
  private boolean whole;

  private long opened;

  ContainerReader(
      DockerApi api,
      InputContext context,
      Positions positions,
      BooleanSupplier open,
      String id,
      ContainerRecords.Maker maker,
      int maxRecordSize) {
    this.api = api;
    this.context = context;
    this.positions = positions;
    this.open = open;
    this.id = id;
    this.maker = maker;
    this.maxRecordSize = maxRecordSize;
    this.since = context.clock().instant();
  }

  /**
   * Reads until the container does not run.
   *
   * @param reads whether a container is read, by its name
   */
  void run(Predicate<Container> reads) throws InterruptedException {
    try {
      Container container = Container.of(api.json("/containers/" + id + "/json"));
      while (open.getAsBoolean() && reads.test(container)) {
        name = container.name();
        resume();
        if (!container.running() && Math.max(container.started(), container.finished()) <= last) {
          return;
        }
        readOrPause(container);
        container = Container.of(api.json("/containers/" + id + "/json"));
        if (whole && !container.running()) {
          ended(container);
          return;
        }
      }
    } catch (DockerApi.DockerException ex) {
      if (!ex.isAbsent()) {
        LOG.warn(
            "Not reading the log of container {}: {}", name.isEmpty() ? id : name, ex.getMessage());
      }
    } catch (IOException ex) {
      LOG.debug("Docker does not answer", ex); // the input says so
    } finally {
      finish();
    }
  }

  /** Reads to the end of the log, or pauses if it breaks off, to read again what is not stored. */
  private void readOrPause(Container container) throws IOException, InterruptedException {
    whole = false;
    try {
      read(container);
      whole = !failed;
    } catch (DockerApi.DockerException ex) {
      throw ex;
    } catch (IOException ex) {
      if (open.getAsBoolean() && !failed) {
        LOG.warn("The log of container {} broke off; reading on", name, ex);
      }
    }
    if (!whole && open.getAsBoolean()) {
      TimeUnit.SECONDS.sleep(1);
    }
  }

  private String client() {
    return CLIENT + id.substring(0, Math.min(64, id.length()));
  }

  /** Continues after what is stored. */
  private void resume() throws InterruptedException {
    lock.lock();
    try {
      settle();
      failed = false;
      number = context.intake().lastDelivery(client());
      last = positions.timeOf(id, number);
    } finally {
      lock.unlock();
    }
  }

  private void read(Container container) throws IOException, InterruptedException {
    lock.lock();
    try {
      BatchSubmitter fresh = new BatchSubmitter(context, "");
      fresh.writer().builder().limits(MAX_RECORDS, MAX_BYTES);
      fresh.arrived();
      submitter = fresh;
      records = maker.make(fresh.writer(), container, last);
    } finally {
      lock.unlock();
    }
    long after = last;
    String from =
        "%d.%09d"
            .formatted(
                Math.floorDiv(after + 1, Timestamps.SECOND),
                Math.floorMod(after + 1, Timestamps.SECOND));
    try (DockerApi.Answer answer =
        api.get(
            "/containers/" + id + "/logs?follow=1&stdout=1&stderr=1&timestamps=1&since=" + from)) {
      log = answer;
      started = (container.started() > after) ? container : null;
      opened = System.nanoTime();
      LogFrames frames =
          new LogFrames(
              answer.body(), container.terminal() && !answer.isMultiplexed(), maxRecordSize);
      while (!failed && frames.next()) {
        add(frames, after);
      }
    } finally {
      log = null;
    }
  }

  /** Marks a start after the lines of earlier runs. */
  private void markStart(long time) {
    Container container = started;
    if (container != null && container.started() < time) {
      started = null;
      boolean again = container.restarts() > 0 || container.finished() > 0;
      event(
          container.started(),
          Severity.INFO,
          "start",
          "",
          "Container %s was %s".formatted(container.name(), again ? "restarted" : "started"));
    }
  }

  private void ended(Container container) throws IOException, InterruptedException {
    lock.lock();
    try {
      ContainerRecords writer = records;
      if (writer != null) {
        writer.finish();
      }
      markStart(Long.MAX_VALUE);
      if (container.finished() > 0) {
        boolean good = container.exitCode() == 0;
        event(
            Math.max(container.finished(), last),
            good ? Severity.INFO : Severity.ERROR,
            container.outOfMemory() ? "oom" : "die",
            Integer.toString(container.exitCode()),
            "Container %s exited with code %d%s"
                .formatted(
                    container.name(),
                    container.exitCode(),
                    container.outOfMemory() ? ", out of memory" : ""));
      }
      submit();
    } finally {
      lock.unlock();
    }
  }

  private void event(long time, int level, String event, String code, String message) {
    ContainerRecords writer = records;
    if (writer != null) {
      writer.event(time, level, event, code, message);
      last = Math.max(last, time);
    }
  }

  private void add(LogFrames message, long after) throws IOException, InterruptedException {
    int blank = message.afterTime();
    long time = (blank < 0) ? Timestamps.INVALID : Timestamps.parse(message.bytes(), 0, blank);
    if (time == Timestamps.INVALID) {
      context.metrics().note("malformed_log", 1);
      return;
    }
    if (time <= after) {
      return;
    }
    lock.lock();
    try {
      BatchSubmitter batch = submitter;
      ContainerRecords writer = records;
      if (batch == null || writer == null) {
        return;
      }
      if (!writer.isOpen()) {
        markStart(time);
      }
      boolean huge = batch.bytes() > MAX_BYTES * MAX_BATCHES;
      if (huge) {
        writer.writeWaiting();
      }
      if (batch.isFull() && (writer.isWrittenBefore(time) || huge)) {
        submit();
      }
      batch.arrived();
      writer.add(message, time);
      bytes.add(message.length());
      context.metrics().addBytes(message.length());
      last = Math.max(last, time);
    } finally {
      lock.unlock();
    }
  }

  /** Hands in what has come, unless a line is incomplete or a record waits for lines. */
  void flush() throws IOException, InterruptedException {
    // A reader that waits for the pipeline must not stop the others.
    if (!lock.tryLock()) {
      return;
    }
    try {
      ContainerRecords writer = records;
      if (writer == null || !writer.isReady()) {
        return;
      }
      if (System.nanoTime() - opened > EARLIER_NANOS) {
        markStart(Long.MAX_VALUE);
      }
      submit();
    } finally {
      lock.unlock();
    }
  }

  private void submit() throws IOException, InterruptedException {
    BatchSubmitter batch = submitter;
    ContainerRecords writer = records;
    if (batch == null || writer == null || batch.isEmpty() || failed) {
      return;
    }
    long next = number + 1;
    positions.plan(id, next, writer.written());
    RecordBatch built = batch.build().withMark(new DeliveryMark(client(), next, number));
    CompletableFuture<Intake.Outcome> future = context.intake().submit(built, context.metrics());
    number = next;
    inFlight.removeIf(CompletableFuture::isDone);
    inFlight.add(future);
    var _ =
        future.whenComplete(
            (outcome, ex) -> {
              if (ex == null) {
                stored.add(built.size());
                positions.confirm(id, next);
              } else {
                fail();
              }
            });
  }

  /** A batch is not stored, and those after it will not be: the log is read again from there. */
  private void fail() {
    failed = true;
    DockerApi.Answer answer = log;
    if (answer != null) {
      try {
        answer.close();
      } catch (IOException ex) {
        LOG.debug("Cannot close a log", ex);
      }
    }
  }

  /** Hands in the last whole lines, and waits until they are durable. */
  private void finish() throws InterruptedException {
    lock.lock();
    try {
      ContainerRecords writer = records;
      BatchSubmitter batch = submitter;
      if (writer != null && writer.isOpen() && batch != null) {
        batch.discard(); // will be read again
      } else if (writer != null) {
        writer.writeWaiting();
        submit();
      }
      settle();
    } catch (IOException ex) {
      LOG.warn("The log of container {} will be read again", name, ex);
    } finally {
      submitter = null;
      records = null;
      lock.unlock();
    }
  }

  private void settle() throws InterruptedException {
    for (CompletableFuture<Intake.Outcome> future : inFlight) {
      try {
        future.get(STOP_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException ex) {
        LOG.debug("A batch is not stored", ex);
      }
    }
    inFlight.clear();
  }

  /** The container as a sender. */
  InputStats.Connection stats(String input) {
    return new InputStats.Connection(
        id.substring(0, Math.min(12, id.length())),
        input,
        name,
        "docker",
        stored.sum(),
        bytes.sum(),
        since,
        0);
  }
}
