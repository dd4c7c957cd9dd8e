package io.logcaster.query.exec;

import io.logcaster.record.ByteBuilder;
import java.nio.charset.StandardCharsets;

/**
 * The template of a message: what its program prints each time, with {@code <*>} in the place of
 * what varies. A word varies when it has a digit in it, is a quoted text, or looks like a path, an
 * address or a key's value with one of those; neighbouring places become one.
 */
final class Template {

  private static final byte[] PLACE = "<*>".getBytes(StandardCharsets.US_ASCII);

  private Template() {}

  static void map(byte[] bytes, int from, int to, ByteBuilder target) {
    int at = from;
    while (at < to) {
      int start = at;
      while (at < to && isPart(bytes[at])) {
        at++;
      }
      if (at > start) {
        word(bytes, start, at, target);
      }
      while (at < to && !isPart(bytes[at])) {
        target.append(bytes[at++]);
      }
    }
  }

  /** Whether a byte belongs to a word that stands or falls as a whole. */
  private static boolean isPart(byte b) {
    return b < 0
        || (b >= '0' && b <= '9')
        || (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '_'
        || b == '-'
        || b == '.'
        || b == '/'
        || b == '@'
        || b == '%'
        || b == '\\'
        || b == '+'
        || b == '*';
  }

  private static void word(byte[] bytes, int from, int to, ByteBuilder target) {
    int end = to;
    // A full stop ends a sentence, not a word.
    while (end > from && (bytes[end - 1] == '.' || bytes[end - 1] == '-')) {
      end--;
    }
    if (varies(bytes, from, end)) {
      target.append(PLACE);
    } else {
      target.append(bytes, from, end);
    }
    target.append(bytes, end, to);
  }

  private static boolean varies(byte[] bytes, int from, int to) {
    int slashes = 0;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b >= '0' && b <= '9') {
        return true;
      }
      slashes += (b == '/') ? 1 : 0;
    }
    return slashes > 1 && to - from > slashes;
  }
}
