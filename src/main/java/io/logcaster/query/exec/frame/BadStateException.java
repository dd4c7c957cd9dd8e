package io.logcaster.query.exec.frame;

/** Bytes from another server are not what this version writes. */
public final class BadStateException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public BadStateException(String message) {
    super(message);
  }
}
