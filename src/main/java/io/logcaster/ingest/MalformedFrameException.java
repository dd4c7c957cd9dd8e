package io.logcaster.ingest;

/** Thrown if the bytes of a sender are not a valid message of its protocol. */
public final class MalformedFrameException extends Exception {

  private static final long serialVersionUID = 1;

  /**
   * @param message what is wrong, in a few words
   */
  public MalformedFrameException(String message) {
    super(message);
  }
}
