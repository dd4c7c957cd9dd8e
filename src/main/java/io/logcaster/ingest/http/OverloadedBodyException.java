package io.logcaster.ingest.http;

import java.io.IOException;

/** There is no memory for the part of a body that must be buffered. */
final class OverloadedBodyException extends IOException {

  private static final long serialVersionUID = 1L;

  private final OverloadedException reason;

  OverloadedBodyException(OverloadedException reason) {
    super(reason);
    this.reason = reason;
  }

  OverloadedException reason() {
    return reason;
  }
}
