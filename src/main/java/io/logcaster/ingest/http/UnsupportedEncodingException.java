package io.logcaster.ingest.http;

import java.io.IOException;

/** A request's body is packed in a way that is not known. */
final class UnsupportedEncodingException extends IOException {

  private static final long serialVersionUID = 1L;

  UnsupportedEncodingException(String encoding) {
    super(
        "Content-Encoding '%s' is not known; use gzip, deflate, zstd or none.".formatted(encoding));
  }
}
