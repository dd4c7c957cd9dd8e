package io.logcaster.ingest.http;

import io.logcaster.ingest.BatchSubmitter;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.MalformedFrameException;
import io.logcaster.ingest.journal.JournalCursor;
import io.logcaster.ingest.journal.JournalExport;
import io.logcaster.ingest.journal.JournalRecords;
import io.logcaster.pipeline.Intake;
import io.logcaster.record.DeliveryMark;
import io.logcaster.record.RecordBatch;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Stores the entries of one upload while they arrive, because the first upload of a machine is its
 * whole journal and some uploads never end. A sender that is faster than the storage waits; one
 * that pauses finds its entries stored. If the upload breaks off, its sender repeats all of it, and
 * {@link ResumableUpload} knows what to leave out. Not thread-safe.
 */
final class JournalUpload implements AutoCloseable {

  /** More batches in flight do not make an upload faster. */
  private static final int MAX_IN_FLIGHT = 4;

  /** What an open batch and the longest entry may occupy together. */
  private static final long MEMORY = 4L << 20;

  private final InputContext context;
  private final BatchSubmitter submitter;
  private final JournalRecords records;
  private final JournalExport export;
  private final RequestMemory memory = new RequestMemory();
  private final ArrayDeque<CompletableFuture<Intake.Outcome>> inFlight = new ArrayDeque<>();
  private final RequestBody body;

  private boolean begun;

  /** Null before the first entry, or if that has no cursor. */
  private @Nullable ResumableUpload resumable;

  JournalUpload(InputContext context, RequestBody body, int maxRecordSize) {
    this.context = context;
    this.body = body;
    this.submitter = new BatchSubmitter(context, "");
    this.records = new JournalRecords(submitter.writer(), maxRecordSize);
    this.export = new JournalExport(body, maxRecordSize, this::beforeReading);
  }

  /**
   * Returns when all entries are durable.
   *
   * @throws MalformedFrameException if the body is no export; entries before are stored
   */
  void receive()
      throws IOException, OverloadedException, MalformedFrameException, InterruptedException {
    memory.hold(MEMORY);
    submitter.arrived();
    try {
      while (export.next()) {
        JournalCursor cursor = JournalCursor.parse(export.cursor());
        if (!begun) {
          begun = true;
          resumable = cursor == null ? null : new ResumableUpload(cursor, context.intake());
        }
        if (resumable != null && resumable.isKnown(cursor)) {
          context.metrics().note("repeated", 1);
          continue;
        }
        records.write(export, cursor);
        submitter.writer().end();
        if (resumable != null) {
          resumable.written(cursor);
        }
        if (submitter.isFull()) {
          submit();
        }
      }
    } finally {
      // Also after an error: complete entries are good.
      submit();
      awaitAll();
    }
  }

  /** A sender that pauses must not wait for its entries to be stored. */
  private void beforeReading() throws IOException, InterruptedException {
    if (!submitter.isEmpty() && !body.hasMore()) {
      submit();
    }
    submitter.arrived();
  }

  private void submit() throws IOException, InterruptedException {
    if (!submitter.isEmpty()) {
      RecordBatch batch = submitter.build();
      DeliveryMark mark = resumable == null ? null : resumable.mark();
      inFlight.add(
          context.intake().submit(mark == null ? batch : batch.withMark(mark), context.metrics()));
    }
    while (inFlight.size() > MAX_IN_FLIGHT
        || (!inFlight.isEmpty() && inFlight.getFirst().isDone())) {
      awaitFirst();
    }
  }

  private void awaitAll() throws IOException, InterruptedException {
    while (!inFlight.isEmpty()) {
      awaitFirst();
    }
  }

  private void awaitFirst() throws IOException, InterruptedException {
    try {
      inFlight.removeFirst().get();
    } catch (ExecutionException ex) {
      inFlight.clear();
      submitter.discard();
      Throwable cause = ex.getCause();
      throw (cause instanceof IOException io) ? io : new IOException(cause);
    }
  }

  @Override
  public void close() {
    memory.close();
  }
}
