package io.logcaster.storage;

import io.logcaster.record.RecordBatch;
import java.io.IOException;

/** Takes records that go to a sink only, and are not stored. Thread-safe. */
public interface SinkRouter {

  /**
   * Whether there is a sink.
   *
   * @param sink its id or name
   */
  boolean hasSink(String sink);

  /**
   * Puts records into the queue of a sink, whatever its filter. They are durable when this returns,
   * so they may be acknowledged. Takes a sync of the disk: call it with whole batches.
   *
   * @param sink its id or name
   * @throws IOException if the sink does not exist or is disabled, if its queue is full and {@code
   *     block} was chosen, or if the disk fails; nothing was queued then, and the caller may try
   *     again
   */
  void route(String sink, RecordBatch batch) throws IOException;
}
