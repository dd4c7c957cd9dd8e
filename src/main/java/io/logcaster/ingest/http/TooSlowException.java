package io.logcaster.ingest.http;

import java.io.IOException;

/** A sender takes so long for a body that it blocks others. */
final class TooSlowException extends IOException {

  private static final long serialVersionUID = 1L;

  TooSlowException() {
    super("The body came too slowly; send smaller requests.");
  }
}
