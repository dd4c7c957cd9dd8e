package io.logcaster.transform;

import io.logcaster.record.RecordBatch;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Takes the records of the action {@code route}. Thread-safe. */
public interface RouteTarget {

  /** Whether there is a sink of this name. */
  boolean exists(String sink);

  /**
   * Puts records into the queue of a sink. Throws if the queue does not take them; then they are
   * stored and marked.
   *
   * @return completes when they are durable; null if there is no such sink
   */
  @Nullable CompletableFuture<?> route(String sink, RecordBatch batch);
}
