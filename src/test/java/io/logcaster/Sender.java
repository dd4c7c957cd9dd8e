package io.logcaster;

import io.logcaster.pipeline.Intake;
import io.logcaster.pipeline.Ledger;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Hands records straight to a server's pipeline. */
public final class Sender {

  private final Intake intake;
  private final Ledger ledger;

  public Sender(Intake intake, Ledger ledger) {
    this.intake = intake;
    this.ledger = ledger;
  }

  /** Stores records of now and returns when they are durable. */
  public void send(String app, String... messages) {
    RecordBatchBuilder builder = RecordBatch.builder(List.of("host", "app"));
    Instant now = Clock.systemUTC().instant();
    builder.arrivalTime(now.getEpochSecond() * 1_000_000_000L + now.getNano());
    int column = builder.column("app");
    for (String message : messages) {
      builder.value(column, app);
      builder.value(RecordBatchBuilder.MESSAGE, message);
      builder.end();
    }
    try {
      intake.submit(builder.build(), ledger.open("test")).get(30, TimeUnit.SECONDS);
    } catch (Exception ex) {
      throw new IllegalStateException(ex);
    }
  }
}
