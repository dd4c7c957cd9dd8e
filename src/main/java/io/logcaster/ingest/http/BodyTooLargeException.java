package io.logcaster.ingest.http;

import java.io.IOException;

/** A request's body is larger than what is taken, after unpacking. */
final class BodyTooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  BodyTooLargeException(long limit) {
    super("The body is larger than %d MB; send it in parts.".formatted(limit >> 20));
  }
}
