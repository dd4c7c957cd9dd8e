package io.logcaster.query.exec.text;

import io.logcaster.record.ByteBuilder;

/**
 * Removes control sequences of terminals (ECMA-48, 5.4): ESC, a bracket, parameters and a final
 * byte.
 */
public final class Decolorize {

  private static final byte ESCAPE = 0x1b;

  private Decolorize() {}

  public static void map(byte[] bytes, int from, int to, ByteBuilder target) {
    int start = from;
    int at = from;
    while (at < to) {
      if (bytes[at] == ESCAPE && at + 1 < to && bytes[at + 1] == '[') {
        int end = at + 2;
        while (end < to && bytes[end] >= 0x20 && bytes[end] <= 0x3f) {
          end++;
        }
        // A sequence that is cut off is removed as well.
        if (end == to || (bytes[end] >= 0x40 && bytes[end] <= 0x7e)) {
          target.append(bytes, start, at);
          at = Math.min(end + 1, to);
          start = at;
          continue;
        }
      }
      at++;
    }
    target.append(bytes, start, to);
  }
}
