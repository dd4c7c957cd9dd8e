package io.logcaster.ingest;

import io.logcaster.pipeline.InputMetrics;
import io.logcaster.pipeline.Intake;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import java.util.concurrent.CompletableFuture;

/**
 * Builds batches out of what decoders write, hands them in and counts what was noteworthy in them.
 * Belongs to one sender; not thread-safe.
 */
public final class BatchSubmitter {

  /** The count of records that share a stream because there were too many streams. */
  public static final String OVERFLOW_STREAMS = "overflow_streams";

  /** The count of records that lost fields because there were too many names. */
  public static final String OVERFLOW_FIELDS = "overflow_fields";

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

  /**
   * Makes a submitter with an empty batch.
   *
   * @param host what {@code host} becomes where a record has none; empty to leave it absent
   */
  public BatchSubmitter(InputContext context, String host) {
    this.context = context;
    this.writer = context.writer(host);
    this.builder = writer.builder();
  }

  public RecordWriter writer() {
    return writer;
  }

  /** Sets the arrival time of the following records to the current time. */
  public void arrived() {
    writer.now(context.now());
  }

  /** Records handed in so far. */
  public long records() {
    return records;
  }

  /** Messages so far that could not be read as what they looked like. */
  public long errors() {
    return parseErrors;
  }

  public boolean isEmpty() {
    return builder.size() == 0;
  }

  public boolean isFull() {
    return builder.isFull();
  }

  /** About how many bytes the open batch has. */
  public long bytes() {
    return builder.bytes();
  }

  /** About how many bytes of memory it holds, also between batches. */
  public long memoryBytes() {
    return builder.memoryBytes();
  }

  /** Forgets what was learned from earlier batches, if the open batch is empty. */
  public void slim() {
    builder.forget();
  }

  /** Whether the open batch has the usual size, even where the builder's own limits are wider. */
  public boolean isLarge() {
    return builder.size() >= RecordBatchBuilder.MAX_RECORDS
        || builder.bytes() >= RecordBatchBuilder.MAX_BYTES;
  }

  /** Discards the open batch, because its sender will send it again. */
  public void discard() {
    builder.build();
  }

  /** Hands in the open batch, which is not empty; waits while the pipeline has no room. */
  public CompletableFuture<Intake.Outcome> submit() throws InterruptedException {
    return context.intake().submit(build(), context.metrics());
  }

  /** Takes out the open batch, which is not empty, for a caller that hands it in itself. */
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
    return builder.build();
  }
}
