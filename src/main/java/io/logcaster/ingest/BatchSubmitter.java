package io.logcaster.ingest;

import io.logcaster.pipeline.InputMetrics;
import io.logcaster.pipeline.Intake;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import java.util.concurrent.CompletableFuture;

/**
 * Builds batches from the records that decoders write, submits them to the pipeline and counts
 * their irregularities. Belongs to one sender; not thread-safe.
 */
public final class BatchSubmitter {

  /** The counter of records that share a stream because there were too many streams. */
  static final String OVERFLOW_STREAMS = "overflow_streams";

  /** The counter of records that lost fields because there were too many field names. */
  static final String OVERFLOW_FIELDS = "overflow_fields";

  private final InputContext context;

  private final RecordWriter writer;

  private final RecordBatchBuilder builder;

  private long parseErrors;

  private long cuts;

  private long repairs;

  private long truncatedFields;

  private long overflowedStreams;

  private long overflowedFields;

  private long records;

  /** When the first bytes of the open batch arrived, by {@link System#nanoTime}. */
  private long since;

  /**
   * Creates a submitter with an empty batch.
   *
   * @param host the value of {@code host} for records without one; empty to leave it absent
   */
  public BatchSubmitter(InputContext context, String host) {
    this.context = context;
    this.writer = context.writer(host);
    this.builder = writer.builder();
  }

  public RecordWriter writer() {
    return writer;
  }

  /** Sets the arrival time of the following records to now. */
  public void arrived() {
    if (isEmpty()) {
      since = System.nanoTime();
    }
    writer.now(context.now());
  }

  /** The number of records submitted so far. */
  public long records() {
    return records;
  }

  /** The number of messages so far that could not be parsed in the format they appeared to have. */
  public long errors() {
    return parseErrors;
  }

  public boolean isEmpty() {
    return builder.size() == 0;
  }

  public boolean isFull() {
    return builder.isFull();
  }

  /** The approximate size of the open batch in bytes. */
  public long bytes() {
    return builder.bytes();
  }

  /** The approximate memory in use in bytes, also between batches. */
  public long memoryBytes() {
    return builder.memoryBytes();
  }

  /** Drops what was cached from earlier batches, if the open batch is empty. */
  public void slim() {
    builder.forget();
  }

  /** Whether the open batch has reached the usual size, even if the builder allows more. */
  public boolean isLarge() {
    return builder.size() >= RecordBatchBuilder.MAX_RECORDS
        || builder.bytes() >= RecordBatchBuilder.MAX_BYTES;
  }

  /** Discards the open batch, because its sender will send it again. */
  public void discard() {
    builder.build();
  }

  /** Submits the open batch, which must not be empty; waits while the pipeline is full. */
  public CompletableFuture<Intake.Outcome> submit() throws InterruptedException {
    return context.intake().submit(build(), context.metrics());
  }

  /** As {@link #submit}, where the sender does not wait for the answer. */
  public void submitUnawaited() throws InterruptedException {
    CompletableFuture<Intake.Outcome> _ =
        context.intake().submitUnawaited(build(), context.metrics());
  }

  /**
   * Removes and returns the open batch, which must not be empty, for a caller that submits it
   * itself.
   */
  public RecordBatch build() {
    InputMetrics metrics = context.metrics();
    metrics.note("parse_error", writer.parseErrors() - parseErrors);
    metrics.note("truncated", writer.cuts() - cuts);
    metrics.note(OVERFLOW_STREAMS, builder.overflowedStreams() - overflowedStreams);
    metrics.note(OVERFLOW_FIELDS, builder.overflowedFields() - overflowedFields);
    overflowedStreams = builder.overflowedStreams();
    overflowedFields = builder.overflowedFields();
    metrics.note("invalid_utf8", builder.repairedValues() - repairs);
    metrics.note("truncated_fields", builder.truncatedFields() - truncatedFields);
    truncatedFields = builder.truncatedFields();
    parseErrors = writer.parseErrors();
    cuts = writer.cuts();
    repairs = builder.repairedValues();
    records += builder.size();
    return builder.build().arrivedAt(since);
  }
}
