package io.logcaster.storage;

import io.logcaster.record.DeliveryMark;
import java.io.IOException;

/**
 * A batch with a mark is not the next one of its sender: the batch before was not stored, or this
 * one was already. Its sender asks for the last delivery and goes on from there.
 */
public final class DeliveryOrderException extends IOException {

  private static final long serialVersionUID = 1L;

  private final long last;

  DeliveryOrderException(DeliveryMark mark, long last) {
    super(
        "The delivery "
            + mark.sequence()
            + " of '"
            + mark.client()
            + "' follows "
            + mark.after()
            + ", but the last one stored is "
            + last);
    this.last = last;
  }

  /** The sequence of the last delivery that was stored; -1 for none. */
  public long last() {
    return last;
  }
}
