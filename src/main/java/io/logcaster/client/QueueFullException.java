package io.logcaster.client;

/** A record was not taken because the queue is full and {@link Overflow#FAIL} was chosen. */
public final class QueueFullException extends RuntimeException {

  private static final long serialVersionUID = 1;

  QueueFullException(long capacity) {
    super(
        "The queue of "
            + capacity
            + " bytes is full: the server is away or takes less than is logged");
  }
}
