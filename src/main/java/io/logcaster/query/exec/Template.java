package io.logcaster.query.exec;

import io.logcaster.record.ByteBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * The template of a message: what its program prints each time, with {@code <*>} in the place of
 * what varies. A word varies when it has a digit in it, looks like a path or a name with dots, is
 * the value of a {@code key=value} pair, or names a day or a month. Blanks in a row count as one.
 */
final class Template {

  private static final byte[] PLACE = "<*>".getBytes(StandardCharsets.US_ASCII);

  private static final Set<String> CALENDAR =
      Set.of(
          "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Jan", "Feb", "Mar", "Apr", "May", "Jun",
          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private Template() {}

  static void map(byte[] bytes, int from, int to, ByteBuilder target) {
    int at = from;
    while (at < to) {
      int start = at;
      while (at < to && isPart(bytes[at])) {
        at++;
      }
      if (at > start) {
        boolean value = start > from && bytes[start - 1] == '=';
        word(bytes, start, at, value, target);
      }
      while (at < to && !isPart(bytes[at])) {
        // Columns are padded with blanks according to what stands in them.
        if (bytes[at] != ' ' || at == from || bytes[at - 1] != ' ') {
          target.append(bytes[at]);
        }
        at++;
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

  private static void word(byte[] bytes, int from, int to, boolean value, ByteBuilder target) {
    int end = to;
    // A full stop ends a sentence, not a word.
    while (end > from && (bytes[end - 1] == '.' || bytes[end - 1] == '-')) {
      end--;
    }
    if (value || varies(bytes, from, end) || isOfCalendar(bytes, from, end)) {
      place(target);
    } else {
      target.append(bytes, from, end);
    }
    target.append(bytes, end, to);
  }

  private static boolean varies(byte[] bytes, int from, int to) {
    int slashes = 0;
    int dots = 0;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b >= '0' && b <= '9') {
        return true;
      }
      slashes += (b == '/') ? 1 : 0;
      dots += (b == '.') ? 1 : 0;
    }
    return (slashes > 1 || dots > 1) && to - from > slashes + dots;
  }

  /** Appends a place; in a list of places, the first stands for all. */
  private static void place(ByteBuilder target) {
    int end = target.length() - 1;
    byte[] text = target.array();
    if (end >= PLACE.length
        && text[end] == ','
        && Arrays.equals(PLACE, 0, PLACE.length, text, end - PLACE.length, end)) {
      target.truncate(end);
    } else {
      target.append(PLACE);
    }
  }

  /** Whether a word is the short name of a day or a month. */
  private static boolean isOfCalendar(byte[] bytes, int from, int to) {
    return to - from == 3
        && bytes[from] >= 'A'
        && bytes[from] <= 'Z'
        && CALENDAR.contains(new String(bytes, from, 3, StandardCharsets.ISO_8859_1));
  }
}
