package io.logcaster.ingest.http;

/** There is no room for a request's records now; the sender comes again later. */
final class OverloadedException extends Exception {

  private static final long serialVersionUID = 1L;

  OverloadedException() {
    super("The server takes in as much as it can; send the request again after a second.");
  }
}
