package io.logcaster.s3;

import java.io.IOException;

/** The object storage refused a request, and would refuse it again. */
public final class S3RefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  S3RefusedException(String message) {
    super(message);
  }
}
