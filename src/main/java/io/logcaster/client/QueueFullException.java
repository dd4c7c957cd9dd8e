package io.logcaster.client;

/** Thrown if a record is rejected because the queue is full and {@link Overflow#FAIL} is set. */
public final class QueueFullException extends RuntimeException {

  private static final long serialVersionUID = 1;

  QueueFullException(long capacity) {
    super(
        "The queue of "
            + capacity
            + " bytes is full: the server is unavailable or slower than the logging program");
  }
}
