package io.logcaster.ingest.http;

import io.logcaster.ingest.BatchSubmitter;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.pipeline.Intake;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.StorageReadOnlyException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Collects the records of one request and hands them in when all of it is read. A request is taken
 * as a whole or not at all: where it is cut off or too large, or finds no room, none of its records
 * are stored, so that the sender can send all of it again. Not thread-safe.
 */
final class HttpRecords implements AutoCloseable {

  /** As many errors are listed as help to see what is wrong. */
  private static final int MAX_ERRORS = 10;

  /**
   * How long a request that was read waits for room: reading it again costs more than a short wait,
   * and one that waits long is sent again while it still waits.
   */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long PAUSE_MILLIS = 5;

  /** A batch in the making is counted in steps of this, of which it has at most a few. */
  private static final long STEP = 256 << 10;

  private final InputContext context;
  private final BatchSubmitter sender;
  private final RequestMemory memory = new RequestMemory();
  private final long earliest;
  private final long latest;
  private final List<RecordBatch> batches = new ArrayList<>();
  private final List<LineError> errors = new ArrayList<>();
  private long rejected;
  private long malformed;
  private long outOfRange;

  /** Up to so many bytes of the batch in the making are counted. */
  private long counted;

  /**
   * Begins a request, whose bytes arrive now.
   *
   * @param streamFields the names of the stream fields; empty for the configured ones
   */
  HttpRecords(InputContext context, List<String> streamFields) {
    this(
        context,
        new BatchSubmitter(
            streamFields.isEmpty() ? context : context.withStreamFields(streamFields), ""));
  }

  /**
   * Begins a request, whose bytes arrive now.
   *
   * @param sender holds no records
   */
  HttpRecords(InputContext context, BatchSubmitter sender) {
    this.context = context;
    this.sender = sender;
    this.earliest = context.intake().earliestTime();
    this.latest = context.intake().latestTime();
    sender.arrived();
  }

  /**
   * Something of a request that could not be taken.
   *
   * @param line the number of its line, or of itself where lines mean nothing; from 1
   */
  record LineError(long line, String reason) {}

  /**
   * What became of a request.
   *
   * @param accepted records that are durable, or were deliberately not kept
   * @param rejected records that were refused
   * @param errors the first of what was wrong
   */
  record Result(long accepted, long rejected, List<LineError> errors) {}

  RecordWriter writer() {
    return sender.writer();
  }

  /**
   * Ends the current record, or takes it back where its time cannot be stored.
   *
   * @param line the number by which its sender knows it
   * @return null, or why it is rejected
   */
  @Nullable String end(long line) throws OverloadedException {
    long time = writer().builder().time();
    if (time < earliest || time > latest) {
      writer().builder().rollback();
      outOfRange++;
      return note(line, "time out of range: " + Timestamps.format(time), 1);
    }
    writer().end();
    ended();
    return null;
  }

  /** Says that a record was ended. */
  void ended() throws OverloadedException {
    if (sender.isFull()) {
      keep();
    } else if (sender.bytes() >= counted) {
      memory.hold(STEP);
      counted += STEP;
    }
  }

  private void keep() throws OverloadedException {
    RecordBatch batch = sender.build();
    memory.release(counted);
    counted = 0;
    memory.hold(batch.memoryBytes());
    batches.add(batch);
  }

  /** Takes back the current record and refuses what it was read from. */
  void reject(long line, String reason) {
    writer().builder().rollback();
    malformed++;
    note(line, reason, 1);
  }

  private String note(long line, String reason, long count) {
    rejected += count;
    if (errors.size() < MAX_ERRORS) {
      errors.add(new LineError(line, reason));
    }
    return reason;
  }

  private List<CompletableFuture<Intake.Outcome>> handIn()
      throws OverloadedException, InterruptedException {
    Intake intake = context.intake();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    var stored = intake.offerAll(batches, context.metrics());
    while (stored == null) {
      if (System.nanoTime() - deadline >= 0) {
        throw new OverloadedException();
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      stored = intake.offerAll(batches, context.metrics());
    }
    // From here on they count in the pipeline's buffer.
    memory.close();
    counted = 0;
    batches.clear();
    return stored;
  }

  /**
   * Hands in everything and waits until all is durable.
   *
   * @throws StorageReadOnlyException if the storage takes no records now
   * @throws IOException if the records could not be stored
   */
  Result finish() throws OverloadedException, InterruptedException, IOException {
    if (!sender.isEmpty()) {
      keep();
    }
    long accepted = 0;
    List<CompletableFuture<Intake.Outcome>> handedIn = handIn();
    // Not before: a request that finds no room is sent again.
    context.metrics().reject("parse_error", malformed);
    context.metrics().reject("time_out_of_range", outOfRange);
    for (CompletableFuture<Intake.Outcome> stored : handedIn) {
      Intake.Outcome outcome = outcome(stored);
      accepted += outcome.stored() + outcome.filtered();
      if (outcome.outOfRange() > 0) {
        note(
            0,
            "time out of range: %d records".formatted(outcome.outOfRange()),
            outcome.outOfRange());
      }
    }
    return new Result(accepted, rejected, List.copyOf(errors));
  }

  private static Intake.Outcome outcome(CompletableFuture<Intake.Outcome> stored)
      throws InterruptedException, IOException {
    try {
      return stored.get();
    } catch (ExecutionException ex) {
      @Nullable Throwable cause = ex.getCause();
      throw (cause instanceof IOException io) ? io : new IOException(cause);
    }
  }

  /** Gives up what was not handed in. */
  @Override
  public void close() {
    batches.clear();
    memory.close();
  }
}
