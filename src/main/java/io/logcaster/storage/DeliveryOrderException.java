package io.logcaster.storage;

import io.logcaster.record.DeliveryMark;
import java.io.IOException;

/**
 * A batch with a mark is not the next one of its sender: either the previous batch was not stored,
 * or this one was stored already. The sender should query the last delivery and continue from
 * there.
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

  /** The sequence of the last stored delivery; -1 for none. */
  long last() {
    return last;
  }
}
