package io.logcaster.ingest.raw;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.Levels;

/** A line without terminal colour codes, for reading its header. Not thread-safe. */
final class UncolouredLine {

  static final byte ESCAPE = 0x1B;

  private static final int MIN_BYTES = 256;

  /** The largest buffer that is kept for the next line. */
  private static final int KEPT_BYTES = 32 << 10;

  private byte[] plain = {};

  private int length;

  /** Removes the codes from a line. */
  void remove(byte[] bytes, int from, int to) {
    int size = Math.max(MIN_BYTES, to - from);
    if (plain.length < size || (plain.length > KEPT_BYTES && size < KEPT_BYTES)) {
      plain = new byte[size + size / 2];
    }
    length = 0;
    int at = from;
    while (at < to) {
      int escape = Bytes.indexOf(bytes, at, to, ESCAPE);
      System.arraycopy(bytes, at, plain, length, escape - at);
      length += escape - at;
      at = (escape < to) ? Levels.afterColour(bytes, escape, to) : to;
    }
  }

  int memoryBytes() {
    return plain.length;
  }

  byte[] bytes() {
    return plain;
  }

  int length() {
    return length;
  }

  /**
   * Maps an index in the text without codes to an index in the original line. Codes at that
   * position that end a colour belong to the text before it.
   */
  static int original(byte[] bytes, int from, int to, int place) {
    int left = place;
    int at = from;
    while (at < to) {
      if (bytes[at] == ESCAPE) {
        int end = Levels.afterColour(bytes, at, to);
        if (left == 0 && !endsColour(bytes, at, end)) {
          return at;
        }
        at = end;
      } else if (left-- == 0) {
        return at;
      } else {
        at++;
      }
    }
    return to;
  }

  /**
   * {@code ESC[0m}, {@code ESC[m}, and the codes 22 to 29 and 39, each of which ends one attribute.
   */
  private static boolean endsColour(byte[] bytes, int from, int to) {
    return switch (to - from) {
      case 3 -> true;
      case 4 -> bytes[from + 2] == '0';
      case 5 -> bytes[from + 2] == '2' || (bytes[from + 2] == '3' && bytes[from + 3] == '9');
      default -> false;
    };
  }
}
