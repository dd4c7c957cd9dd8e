package io.logcaster.transform;

import io.logcaster.record.RecordBatch;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The target of routes where there are no sinks. */
enum NoSinks implements RouteTarget {
  INSTANCE;

  @Override
  public boolean exists(String sink) {
    return false;
  }

  @Override
  public @Nullable CompletableFuture<?> route(String sink, RecordBatch batch) {
    return null;
  }
}
