package io.logcaster.query.exec.text;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.BytesMapper;
import io.logcaster.record.TextShape;
import io.logcaster.record.TextShape.Alphabet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The template of a message: the text that its program prints each time, with {@code <*>} in place
 * of the variables. A word varies when it has a digit in it, looks like a path or a name with dots,
 * is the value of a {@code key=value} pair, names a day or a month, or names a user ({@code for
 * user ann}). A number's unit and an address's query belong to them, as they come and go with them;
 * {@code ()} is a value that was empty. Blanks in a row count as one.
 */
public final class Template {

  /**
   * How many bytes of a message are used where templates are counted or named: a program's own
   * words come first, and dumps after them would fill the memory.
   */
  public static final int MAX_LENGTH = 4_096;

  private static final byte[] PLACE = "<*>".getBytes(StandardCharsets.US_ASCII);

  private static final Set<String> CALENDAR =
      Set.of(
          "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Jan", "Feb", "Mar", "Apr", "May", "Jun",
          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private static final byte[] FOR_USER = "for user ".getBytes(StandardCharsets.US_ASCII);

  private static final Set<String> UNITS =
      Set.of(
          "%",
          "B", "KB", "kB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB", "byte", "bytes", "ns",
          "us", "ms", "s", "sec", "secs", "second", "seconds", "m", "min", "mins", "minute",
          "minutes", "h", "hour", "hours", "d", "day", "days", "KB/s", "MB/s");

  /** The longest unit, including the blank before it. */
  private static final int MAX_UNIT = 8;

  /** The template as a function of a message, which also knows those of stored templates. */
  public static final BytesMapper MAPPER =
      new BytesMapper() {
        @Override
        public void map(byte[] bytes, int from, int to, ByteBuilder target) {
          Template.map(bytes, from, to, target);
        }

        @Override
        public boolean map(TextShape shape, ByteBuilder target) {
          ByteBuilder own = new ByteBuilder(128);
          boolean same = Template.map(shape, own);
          target.append(own.array(), 0, own.length());
          return same;
        }
      };

  private Template() {}

  /** Where the variables of a message are in it. */
  static final class Places {

    private int[] bounds = new int[16];
    private int count;

    void clear() {
      count = 0;
    }

    int from(int place) {
      return bounds[2 * place];
    }

    int to(int place) {
      return bounds[2 * place + 1];
    }

    private void add(int from, int to, int number) {
      if (number > count) {
        count = number;
        if (2 * count > bounds.length) {
          bounds = Arrays.copyOf(bounds, 4 * count);
        }
        bounds[2 * count - 2] = from;
      }
      bounds[2 * count - 1] = to;
    }
  }

  public static void map(byte[] bytes, int from, int to, ByteBuilder target) {
    map(bytes, from, to, target, null);
  }

  /** As {@link #map(byte[], int, int, ByteBuilder)}; says where the variables are. */
  static void map(byte[] bytes, int from, int to, ByteBuilder target, @Nullable Places places) {
    int number = 0;
    int at = from;
    while (at < to) {
      int start = at;
      while (at < to && isPart(bytes[at])) {
        at++;
      }
      if (at > start) {
        int end = query(bytes, start, at, to);
        boolean value =
            end > at
                || (start > from && bytes[start - 1] == '=')
                || follows(FOR_USER, bytes, from, start);
        int placed = word(bytes, start, end, value, target);
        at = isDigit(bytes[start]) ? unit(bytes, end, to) : end;
        if (places != null && placed != 0) {
          number += (placed > 0) ? 1 : 0;
          places.add(start, (at > end) ? at : Math.abs(placed), number);
        }
      }
      while (at < to && !isPart(bytes[at])) {
        if (bytes[at] == ')' && at > from + 1 && bytes[at - 1] == '(' && bytes[at - 2] == ' ') {
          target.append(PLACE);
          if (places != null) {
            places.add(at, at, ++number);
          }
        }
        // The padding of columns depends on their values.
        if (bytes[at] != ' ' || at == from || bytes[at - 1] != ' ') {
          target.append(bytes[at]);
        }
        at++;
      }
    }
  }

  /** The end of a message for {@link #map}: cut at {@link #MAX_LENGTH}, not within a character. */
  public static int cut(byte[] bytes, int from, int end) {
    int to = Math.min(end, from + MAX_LENGTH);
    while (to < end && to > from && (bytes[to] & 0xC0) == 0x80) {
      to--;
    }
    return to;
  }

  /**
   * Computes the template of all texts of a shape whose gaps all lie in runs with a digit, which
   * vary.
   *
   * @return whether they have the same template; if not, the content of {@code target} is undefined
   */
  public static boolean map(TextShape shape, ByteBuilder target) {
    for (int gap = 0; gap < shape.gaps().size(); gap++) {
      // A gap that may contain non-ASCII characters may end the query of an address.
      if (shape.gaps().get(gap).alphabet() == Alphabet.ANY && hasQuestion(shape)) {
        return false;
      }
    }
    // To the rules, the texts of a gap differ only in whether they begin with a digit.
    byte[] sample = sample(shape, false);
    map(sample, 0, sample.length, target);
    byte[] other = sample(shape, true);
    if (Arrays.equals(sample, other)) {
      return true;
    }
    ByteBuilder otherwise = new ByteBuilder(target.length() + 16);
    map(other, 0, other.length, otherwise);
    return Arrays.equals(target.toByteArray(), otherwise.toByteArray());
  }

  private static boolean hasQuestion(TextShape shape) {
    for (byte[] part : shape.parts()) {
      for (byte b : part) {
        if (b == '?') {
          return true;
        }
      }
    }
    return false;
  }

  private static byte[] sample(TextShape shape, boolean letters) {
    ByteBuilder sample = new ByteBuilder(128);
    for (int i = 0; i < shape.parts().size(); i++) {
      sample.append(shape.parts().get(i));
      if (i < shape.gaps().size()) {
        boolean letter = letters && shape.gaps().get(i).alphabet() != Alphabet.DIGITS;
        sample.append(letter ? "x0" : "0");
      }
    }
    return sample.toByteArray();
  }

  /** The end of the query of an address with a path: {@code /servers?limit=5}. */
  private static int query(byte[] bytes, int from, int end, int to) {
    if (end == to || bytes[end] != '?') {
      return end;
    }
    for (int i = from; i < end; i++) {
      if (bytes[i] == '/') {
        int at = end;
        while (at < to && bytes[at] > ' ' && "\"'<>()[]{}".indexOf(bytes[at]) < 0) {
          at++;
        }
        // A comma after an address belongs to the sentence.
        return (bytes[at - 1] == ',' || bytes[at - 1] == ';') ? at - 1 : at;
      }
    }
    return end;
  }

  /** The end of a number's unit after a blank: {@code 5 KB}. */
  private static int unit(byte[] bytes, int at, int to) {
    int end = at + 1;
    while (end < to && end - at <= MAX_UNIT && isPart(bytes[end])) {
      end++;
    }
    boolean unit =
        at < to
            && bytes[at] == ' '
            && end - at > 1
            && end - at <= MAX_UNIT
            && (end == to || (bytes[end] != '=' && bytes[end] != ':'))
            && UNITS.contains(new String(bytes, at + 1, end - at - 1, StandardCharsets.UTF_8));
    return unit ? end : at;
  }

  private static boolean follows(byte[] before, byte[] bytes, int from, int at) {
    int start = at - before.length;
    return start >= from && Arrays.equals(before, 0, before.length, bytes, start, at);
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** Whether a byte belongs to a word that varies as a whole. */
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

  /** The end of the word that begins here; where it begins if there is none. */
  static int wordEnd(byte[] bytes, int from, int to) {
    int end = from;
    while (end < to && isPart(bytes[end])) {
      end++;
    }
    return withoutStops(bytes, from, end);
  }

  /** A full stop ends a sentence, not a word. */
  private static int withoutStops(byte[] bytes, int from, int to) {
    int end = to;
    while (end > from && (bytes[end - 1] == '.' || bytes[end - 1] == '-')) {
      end--;
    }
    return end;
  }

  /**
   * Appends a word, or a placeholder for it.
   *
   * @return the end of the value that the placeholder represents, negative if an earlier one
   *     already represents it; 0 if there is none
   */
  private static int word(byte[] bytes, int from, int to, boolean value, ByteBuilder target) {
    int end = withoutStops(bytes, from, to);
    boolean places = value || varies(bytes, from, end) || isOfCalendar(bytes, from, end);
    boolean first = true;
    if (places) {
      first = place(target);
    } else {
      target.append(bytes, from, end);
    }
    target.append(bytes, end, to);
    return !places ? 0 : first ? end : -end;
  }

  private static boolean varies(byte[] bytes, int from, int to) {
    int slashes = 0;
    int dots = 0;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (isDigit(b)) {
        return true;
      }
      slashes += (b == '/') ? 1 : 0;
      dots += (b == '.') ? 1 : 0;
    }
    return (slashes > 1 || dots > 1) && to - from > slashes + dots;
  }

  /** Appends a placeholder; in a list of placeholders, the first represents all: then false. */
  private static boolean place(ByteBuilder target) {
    int end = target.length() - 1;
    byte[] text = target.array();
    if (end >= PLACE.length
        && text[end] == ','
        && Arrays.equals(PLACE, 0, PLACE.length, text, end - PLACE.length, end)) {
      target.truncate(end);
      return false;
    }
    target.append(PLACE);
    return true;
  }

  /** Whether a word is the short name of a day or a month. */
  private static boolean isOfCalendar(byte[] bytes, int from, int to) {
    return to - from == 3
        && bytes[from] >= 'A'
        && bytes[from] <= 'Z'
        && CALENDAR.contains(new String(bytes, from, 3, StandardCharsets.ISO_8859_1));
  }
}
