package io.logcaster.ingest;

import io.logcaster.pipeline.InputMetrics;
import io.logcaster.pipeline.Intake;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import java.util.concurrent.CompletableFuture;

/** Hands in what a writer holds and keeps count. Belongs to one sender; not thread-safe. */
public final class BatchSubmitter {

  /** Notes records that share a stream because there were too many. */
  public static final String OVERFLOW_STREAMS = "overflow_streams";

  /** Notes records with fields whose names were too many. */
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
   * Makes a sender.
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

  /** Says that bytes arrived now. */
  public void arrived() {
    writer.now(context.now());
  }

  /** Records handed in so far. */
  public long records() {
    return records;
  }

  /** Messages so far that were not what they looked like. */
  public long errors() {
    return parseErrors;
  }

  public boolean isEmpty() {
    return builder.size() == 0;
  }

  public boolean isFull() {
    return builder.isFull();
  }

  /** About how many bytes wait. */
  public long bytes() {
    return builder.bytes();
  }

  /** About how many bytes are held, also between batches. */
  public long memoryBytes() {
    return builder.memoryBytes();
  }

  /** Forgets what was learned of earlier batches, if nothing waits. */
  public void slim() {
    builder.forget();
  }

  /** Whether a batch's worth waits, also where the builder's own limits are wider. */
  public boolean isLarge() {
    return builder.size() >= RecordBatchBuilder.MAX_RECORDS
        || builder.bytes() >= RecordBatchBuilder.MAX_BYTES;
  }

  /** Forgets what waits: it will be sent again. */
  public void discard() {
    builder.build();
  }

  /** Hands in what waits, which is something, and waits for room where there is none. */
  public CompletableFuture<Intake.Outcome> submit() throws InterruptedException {
    return context.intake().submit(build(), context.metrics());
  }

  /** Takes out what waits, which is something, for whoever hands it in. */
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
