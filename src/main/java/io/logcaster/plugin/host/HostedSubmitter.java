package io.logcaster.plugin.host;

import io.logcaster.ingest.BatchSubmitter;
import io.logcaster.ingest.InputContext;
import io.logcaster.pipeline.Intake;
import io.logcaster.plugin.RecordSubmitter;
import io.logcaster.record.RecordBatchBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Takes the records of a plug-in's input and hands them on to the pipeline. */
final class HostedSubmitter implements RecordSubmitter {

  private static final String FAILED = "failed_messages";

  private final InputContext context;
  private final BatchSubmitter submitter;
  private final RecordBatchBuilder builder;
  private final int maxBytes;
  private final List<CompletableFuture<Intake.Outcome>> submitted = new ArrayList<>();
  private @Nullable Throwable failure;
  private boolean begun;

  /**
   * @param maxBytes longer values are cut
   */
  HostedSubmitter(InputContext context, String sender, int maxBytes) {
    this.context = context;
    this.submitter = new BatchSubmitter(context, sender);
    this.builder = submitter.writer().builder();
    this.maxBytes = maxBytes;
  }

  private void begin() {
    if (!begun) {
      begun = true;
      submitter.arrived();
    }
  }

  @Override
  public RecordSubmitter time(long nanos) {
    begin();
    builder.time(nanos);
    return this;
  }

  @Override
  public RecordSubmitter level(String level) {
    begin();
    byte[] text = utf8(level);
    submitter.writer().level(text, 0, text.length);
    return this;
  }

  @Override
  public RecordSubmitter message(String message) {
    begin();
    byte[] text = utf8(message);
    builder.message(text, 0, text.length);
    return this;
  }

  @Override
  public RecordSubmitter field(String name, String value) {
    if (name.isEmpty() || name.startsWith("_")) {
      throw new IllegalArgumentException(
          "A field cannot have the name '"
              + name
              + "': names are not empty, and those that start with _ are the server's own");
    }
    begin();
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    byte[] text = utf8(value);
    builder.add(builder.column(bytes, 0, bytes.length), text, 0, text.length);
    return this;
  }

  /** Cuts between characters. */
  private byte[] utf8(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= maxBytes) {
      return bytes;
    }
    submitter.writer().cut();
    int end = maxBytes;
    while (end > 0 && (bytes[end] & 0xc0) == 0x80) {
      end--;
    }
    return java.util.Arrays.copyOf(bytes, end);
  }

  @Override
  public void end() throws InterruptedException {
    begin();
    begun = false;
    submitter.writer().end();
    if (submitter.isFull()) {
      handOn();
    }
  }

  private void handOn() throws InterruptedException {
    // What is stored need not be remembered, or a sender without end would fill the memory.
    submitted.removeIf(
        (batch) -> {
          if (batch.isCompletedExceptionally() && failure == null) {
            failure = batch.exceptionNow();
          }
          return batch.isDone();
        });
    submitted.add(submitter.submit());
  }

  @Override
  public void discard() {
    begun = false;
    builder.rollback();
  }

  @Override
  public void failed() {
    context.metrics().note(FAILED, 1);
  }

  @Override
  public void received(long bytes) {
    context.metrics().addBytes(bytes);
  }

  @Override
  public void submit() throws IOException, InterruptedException {
    discard();
    if (!submitter.isEmpty()) {
      handOn();
    }
    Throwable failed = failure;
    for (CompletableFuture<Intake.Outcome> batch : submitted) {
      try {
        batch.get();
      } catch (ExecutionException ex) {
        failed = ex.getCause();
      }
    }
    submitted.clear();
    failure = null;
    if (failed != null) {
      throw new IOException("The records could not be stored: " + failed.getMessage(), failed);
    }
  }
}
