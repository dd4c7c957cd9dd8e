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
 * What both inputs that the server feeds itself work with. They never wait for room: a server that
 * is too busy for its senders has no room for talk of its own.
 *
 * @param intake where the records go
 * @param books counts them
 * @param streamFields the names of the stream fields
 * @param host this machine's name, which may take a while to find out
 * @param clock the present
 */
record OwnRecords(
    Intake intake,
    InputMetrics books,
    List<String> streamFields,
    Supplier<String> host,
    Clock clock) {

  static final String NO_ROOM = "buffer_full";

  /** Hands in a batch; null where there was no room, which is counted. */
  @Nullable CompletableFuture<Intake.Outcome> offer(RecordBatch batch) {
    CompletableFuture<Intake.Outcome> outcome = intake.offer(batch, books);
    if (outcome == null) {
      books.drop(NO_ROOM, batch.size());
    }
    return outcome;
  }

  static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  /** This machine's name, asked for when it is first needed. */
  static Supplier<String> hostName() {
    return SingletonSupplier.of(
        () -> {
          try {
            return InetAddress.getLocalHost().getHostName();
          } catch (UnknownHostException e) {
            return "localhost";
          }
        });
  }
}
