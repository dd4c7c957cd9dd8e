package io.logcaster.metrics;

import io.logcaster.pipeline.InputMetrics;
import io.logcaster.pipeline.Intake;
import io.logcaster.record.RecordBatch;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/**
 * What both internal inputs need. They never wait for room: a server that is too busy for its
 * senders must not add records of its own.
 *
 * @param intake receives the records
 * @param metrics the counters of the input
 * @param streamFields the names of the stream fields
 * @param host this machine's name, whose lookup may take a while
 * @param clock the source of times
 */
record OwnRecords(
    Intake intake,
    InputMetrics metrics,
    List<String> streamFields,
    Supplier<String> host,
    Clock clock) {

  static final String NO_ROOM = "buffer_full";

  /** Submits a batch; returns null if there was no room, which is counted. */
  @Nullable CompletableFuture<Intake.Outcome> offer(RecordBatch batch) {
    CompletableFuture<Intake.Outcome> outcome = intake.offer(batch, metrics);
    if (outcome == null) {
      metrics.drop(NO_ROOM, batch.size());
    }
    return outcome;
  }

  static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  /** This machine's name, looked up at the first call. */
  static Supplier<String> hostName() {
    return SingletonSupplier.of(
        () -> {
          try {
            return InetAddress.getLocalHost().getHostName();
          } catch (UnknownHostException ex) {
            return "localhost";
          }
        });
  }
}
