package io.logcaster.ingest.http;

/** There is no room for a request's records, now or, where it is too large, at any time. */
final class OverloadedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean tooLarge;

  /** There is none now; the sender comes again later. */
  OverloadedException() {
    super("The server takes in as much as it can; send the request again after a second.");
    this.tooLarge = false;
  }

  /**
   * There never is.
   *
   * @param most what a request may take, in bytes
   */
  OverloadedException(long most) {
    super(
        "The request takes more than %d MB of the server's memory; send it in parts."
            .formatted(most >> 20));
    this.tooLarge = true;
  }

  /** Whether it makes no sense to come again. */
  boolean isTooLarge() {
    return tooLarge;
  }
}
