package io.logcaster.cli;

/** Puts generated lines of JSON into the body that a protocol over HTTP wants. */
interface BenchBody {

  /** Where the body is posted. */
  String path();

  String contentType();

  /** Makes a body of whole lines; returns its length. */
  int make(byte[] lines, int length);

  /** The body that was made last, from its first byte. */
  byte[] bytes();

  /** Lines as they are, for LogCaster's own endpoint. */
  final class Lines implements BenchBody {

    private byte[] bytes = {};

    @Override
    public String path() {
      return "/api/v1/records";
    }

    @Override
    public String contentType() {
      return "application/x-ndjson";
    }

    @Override
    public int make(byte[] lines, int length) {
      bytes = lines;
      return length;
    }

    @Override
    public byte[] bytes() {
      return bytes;
    }
  }
}
