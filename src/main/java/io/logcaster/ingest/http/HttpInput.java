package io.logcaster.ingest.http;

import io.logcaster.ingest.Input;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.InputDoor;
import io.logcaster.ingest.InputStats;
import io.logcaster.pipeline.InputMetrics;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One protocol of the HTTP port, which the web server opens and closes; its requests are not listed
 * as connections.
 */
final class HttpInput implements Input {

  private final InputContext context;
  private final Supplier<String> address;
  private final @Nullable InputDoor door;

  HttpInput(InputContext context, Supplier<String> address) {
    this(context, address, null);
  }

  /**
   * @param door how it is reached; null for protocols of other programs
   */
  HttpInput(InputContext context, Supplier<String> address, @Nullable InputDoor door) {
    this.context = context;
    this.address = address;
    this.door = door;
  }

  InputContext context() {
    return context;
  }

  @Override
  public void start() {}

  @Override
  public void stop() {}

  @Override
  public @Nullable InputDoor door() {
    return door;
  }

  @Override
  public InputStats stats() {
    InputMetrics metrics = context.metrics();
    String listening = address.get();
    long rejected = metrics.rejected().values().stream().mapToLong(Long::longValue).sum();
    return new InputStats(
        metrics.id(),
        metrics.id(),
        listening,
        listening.isEmpty() ? InputStats.State.STOPPED : InputStats.State.RUNNING,
        metrics.received(),
        rejected,
        metrics.bytes(),
        rejected,
        List.of());
  }
}
