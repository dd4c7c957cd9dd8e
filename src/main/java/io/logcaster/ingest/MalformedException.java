package io.logcaster.ingest;

/** The bytes of a sender are no message of the protocol that it speaks. */
public final class MalformedException extends Exception {

  private static final long serialVersionUID = 1;

  /**
   * @param message what is wrong, in a few words
   */
  public MalformedException(String message) {
    super(message);
  }
}
