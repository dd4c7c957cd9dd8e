package io.logcaster.ingest.json;

import io.logcaster.ingest.Bytes;
import java.util.Arrays;

/**
 * Reads JSON arrays of bytes. Journald writes text that is not UTF-8 or has control characters so.
 */
final class JsonByteArrays {

  private static final byte[] NONE = {};

  private JsonByteArrays() {}

  /** The bytes of {@code [72, 105]}; none if the range is anything else. */
  static byte[] read(byte[] json, int from, int to) {
    byte[] bytes = new byte[(to - from) / 2];
    int count = 0;
    int at = from + 1;
    while (at < to) {
      while (at < to && (json[at] == ' ' || json[at] == ',')) {
        at++;
      }
      if (at < to && json[at] == ']') {
        return (at + 1 == to) ? Arrays.copyOf(bytes, count) : NONE;
      }
      int start = at;
      while (at < to && Bytes.isDigit(json[at])) {
        at++;
      }
      int value = (at > start && at - start <= 3) ? Bytes.digits(json, start, at - start) : -1;
      if (value < 0 || value > 255) {
        return NONE;
      }
      bytes[count++] = (byte) value;
    }
    return NONE;
  }
}
