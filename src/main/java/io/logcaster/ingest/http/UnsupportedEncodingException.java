package io.logcaster.ingest.http;

import java.io.IOException;

/** A request's body is packed or written in a way that is not known. */
final class UnsupportedEncodingException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Of a body that is packed. */
  UnsupportedEncodingException(String encoding) {
    this("Content-Encoding '%s' is not known; use gzip, deflate, zstd or none.", encoding);
  }

  /**
   * @param message has a place for the name
   */
  UnsupportedEncodingException(String message, String name) {
    super(message.formatted(name));
  }
}
