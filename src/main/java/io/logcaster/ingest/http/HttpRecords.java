package io.logcaster.ingest.http;

import io.logcaster.ingest.BatchSender;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.pipeline.Intake;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.StorageReadOnlyException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Collects the records of one request and hands them in. Where there is no room for the first batch
 * nothing of the request is taken, so that the sender can send all of it again; for those after it
 * the request waits a while. Not thread-safe.
 */
final class HttpRecords {

  /** As many errors are listed as help to see what is wrong. */
  private static final int MAX_ERRORS = 10;

  /** How long a request waits for room after a part of it was taken. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private static final long PAUSE_MILLIS = 5;

  private final InputContext context;
  private final BatchSender sender;
  private final List<CompletableFuture<Intake.Outcome>> handedIn = new ArrayList<>();
  private final List<LineError> errors = new ArrayList<>();
  private long rejected;

  /**
   * Begins a request, whose bytes arrive now.
   *
   * @param streamFields the names of the stream fields; empty for the configured ones
   */
  HttpRecords(InputContext context, List<String> streamFields) {
    this(
        context,
        new BatchSender(
            streamFields.isEmpty() ? context : context.withStreamFields(streamFields), ""));
  }

  /**
   * Begins a request, whose bytes arrive now.
   *
   * @param sender holds no records
   */
  HttpRecords(InputContext context, BatchSender sender) {
    this.context = context;
    this.sender = sender;
    sender.arrived();
  }

  /** Something of a request that could not be taken. */
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

  /** Whether nothing was handed in yet. */
  boolean isUntouched() {
    return handedIn.isEmpty();
  }

  /** Says that a record was ended. */
  void ended() throws OverloadedException, InterruptedException {
    if (sender.isFull()) {
      handIn();
    }
  }

  /** Refuses a line. */
  void reject(long line, String reason) {
    context.metrics().reject("parse_error", 1);
    note(line, reason, 1);
  }

  private void note(long line, String reason, long count) {
    rejected += count;
    if (errors.size() < MAX_ERRORS) {
      errors.add(new LineError(line, reason));
    }
  }

  private void handIn() throws OverloadedException, InterruptedException {
    RecordBatch batch = sender.build();
    CompletableFuture<Intake.Outcome> stored = context.intake().offer(batch, context.metrics());
    long deadline = System.nanoTime() + (handedIn.isEmpty() ? 0 : PATIENCE_NANOS);
    while (stored == null) {
      if (System.nanoTime() - deadline >= 0) {
        throw new OverloadedException();
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      stored = context.intake().offer(batch, context.metrics());
    }
    handedIn.add(stored);
  }

  /**
   * Hands in the rest and waits until all is durable.
   *
   * @throws StorageReadOnlyException if the storage takes no records now
   * @throws IOException if the records could not be stored
   */
  Result finish() throws OverloadedException, InterruptedException, IOException {
    if (!sender.isEmpty()) {
      handIn();
    }
    long accepted = 0;
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
}
