package io.logcaster.ingest.http;

/** There is no memory for a request's records: now or, for a request that is too large, ever. */
final class OverloadedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean tooLarge;

  /** There is no room now; the sender may retry later. */
  OverloadedException() {
    super("The server takes in as much as it can; send the request again after a second.");
    this.tooLarge = false;
  }

  /**
   * The request is too large.
   *
   * @param most the most memory of a request, in bytes
   */
  OverloadedException(long most) {
    super(
        "The request takes more than %d MB of the server's memory; send it in parts."
            .formatted(most >> 20));
    this.tooLarge = true;
  }

  /** Whether a retry makes no sense. */
  boolean isTooLarge() {
    return tooLarge;
  }
}
