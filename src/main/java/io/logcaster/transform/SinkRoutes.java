package io.logcaster.transform;

import io.logcaster.record.RecordBatch;
import io.logcaster.storage.SinkRouter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Routes to the sinks of the server. A batch is durable in the sink's queue before the next one is
 * looked at; if the queue does not take it, the records are stored and marked.
 *
 * @param router the sinks, which are created after the pipeline; gives null where there are none
 */
record SinkRoutes(Supplier<@Nullable SinkRouter> router) implements RouteTarget {

  @Override
  public boolean exists(String sink) {
    SinkRouter sinks = router.get();
    return sinks != null && sinks.hasSink(sink);
  }

  @Override
  public @Nullable CompletableFuture<?> route(String sink, RecordBatch batch) {
    SinkRouter sinks = router.get();
    if (sinks == null || !sinks.hasSink(sink)) {
      return null;
    }
    try {
      sinks.route(sink, batch);
      return CompletableFuture.completedFuture(null);
    } catch (IOException ex) {
      throw new UncheckedIOException(ex.getMessage(), ex);
    }
  }
}
