package io.logcaster.ingest.http;

import java.io.IOException;

/** A request's body has an unknown compression or encoding. */
final class UnsupportedEncodingException extends IOException {

  private static final long serialVersionUID = 1L;

  private UnsupportedEncodingException(String message) {
    super(message);
  }

  static UnsupportedEncodingException ofPacking(String name) {
    return new UnsupportedEncodingException(
        "Content-Encoding '%s' is not known; use gzip, deflate, zstd or none.".formatted(name));
  }

  static UnsupportedEncodingException ofCharset(String name) {
    return new UnsupportedEncodingException(
        "The charset '%s' is not known; use UTF-8.".formatted(name));
  }
}
