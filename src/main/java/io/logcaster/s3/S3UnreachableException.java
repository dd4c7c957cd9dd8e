package io.logcaster.s3;

import java.io.IOException;

/** The object storage gave no answer, so that the next request would hardly get one either. */
public final class S3UnreachableException extends IOException {

  private static final long serialVersionUID = 1L;

  S3UnreachableException(String message, Exception cause) {
    super(message, cause);
  }
}
