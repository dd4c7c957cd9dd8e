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
final class HttpRecords implements OtlpOutput, AutoCloseable {

  /** Enough errors to see what is wrong. */
  private static final int MAX_ERRORS = 10;

  /**
   * How long a request that was read waits for room in the pipeline. Reading it again would cost
   * more than a short wait; a sender that waits longer gives up and sends it again.
   */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long PAUSE_MILLIS = 5;

  /** The memory of the open batch is reserved in steps of this size, of which it takes a few. */
  private static final long STEP = 256 << 10;

  private final InputContext context;
  private final BatchSubmitter submitter;
  private final RequestMemory memory = new RequestMemory();
  private final long earliest;
  private final long latest;
  private final List<RecordBatch> batches = new ArrayList<>();
  private final List<LineError> errors = new ArrayList<>();
  private long rejected;
  private long malformed;
  private long outOfRange;

  /** How many bytes are reserved for the open batch. */
  private long reserved;

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
   * @param submitter holds no records yet
   */
  HttpRecords(InputContext context, BatchSubmitter submitter) {
    this.context = context;
    this.submitter = submitter;
    this.earliest = context.intake().earliestTime();
    this.latest = context.intake().latestTime();
    submitter.arrived();
  }

  /**
   * A part of a request that was rejected.
   *
   * @param line the number of its line, or of the record where lines mean nothing; from 1
   */
  record LineError(long line, String reason) {}

  /**
   * What became of a request.
   *
   * @param accepted records that are durable, or that a filter dropped
   * @param rejected records that were rejected
   * @param errors the first reasons
   */
  record Result(long accepted, long rejected, List<LineError> errors) {}

  @Override
  public RecordWriter writer() {
    return submitter.writer();
  }

  /**
   * Ends the current record, or rejects it where its time cannot be stored.
   *
   * @param line the number that the sender knows it by
   * @return why it is rejected; null where it is not
   */
  @Override
  public @Nullable String end(long line) throws OverloadedException {
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

  /** Call after each record that was ended. */
  void ended() throws OverloadedException {
    if (submitter.isFull()) {
      closeBatch();
    } else if (submitter.bytes() >= reserved) {
      memory.hold(STEP);
      reserved += STEP;
    }
  }

  private void closeBatch() throws OverloadedException {
    RecordBatch batch = submitter.build();
    memory.release(reserved);
    reserved = 0;
    memory.hold(batch.memoryBytes());
    batches.add(batch);
  }

  /** Discards the current record and rejects what it was read from. */
  @Override
  public void reject(long line, String reason) {
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

  private List<CompletableFuture<Intake.Outcome>> submitAll()
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
    // From here on the pipeline accounts for their memory.
    memory.close();
    reserved = 0;
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
    if (!submitter.isEmpty()) {
      closeBatch();
    }
    long accepted = 0;
    List<CompletableFuture<Intake.Outcome>> submitted = submitAll();
    // Not before: a request that finds no room is sent again.
    context.metrics().reject("parse_error", malformed);
    context.metrics().reject("time_out_of_range", outOfRange);
    for (CompletableFuture<Intake.Outcome> stored : submitted) {
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

  /** Discards what was not handed in. */
  @Override
  public void close() {
    batches.clear();
    memory.close();
  }
}
