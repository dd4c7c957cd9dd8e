package io.logcaster.query.exec.text;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.BytesMapper;
import io.logcaster.record.TextShape;
import io.logcaster.record.TextShape.Alphabet;
import io.logcaster.record.TextShape.Gap;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Replaces numbers by {@code <N>}. A number is a run of decimal digits, or a run of hexadecimal
 * ones whose length is even and at least {@link #MIN_HEX}. An ASCII letter before it must be one
 * that introduces numbers ({@code T12}, {@code 0x1f}, {@code v2}, {@code 1h5m}); one after it must
 * end a time or begin a unit ({@code 56Z}, {@code 15ms}). With {@code prettify}, values that
 * consist of several numbers get a name.
 */
public final class CollapseNums {

  private static final String PLACE = "<N>";

  private static final byte[] PLACE_BYTES = PLACE.getBytes(StandardCharsets.US_ASCII);

  /** Shorter runs of hexadecimal digits are more likely words: {@code bad}, {@code be}. */
  private static final int MIN_HEX = 4;

  private static final String BEFORE = "TXxvshm";

  private static final String AFTER = "TZsmhun";

  /** Flags of a byte: what it may be in or next to a number. */
  private static final byte[] FLAGS = new byte[256];

  private static final int HEX = 1;

  private static final int DECIMAL = 2;

  private static final int MAY_PRECEDE = 4;

  private static final int MAY_FOLLOW = 8;

  static {
    for (int c = 0; c < FLAGS.length; c++) {
      boolean decimal = c >= '0' && c <= '9';
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean hex = decimal || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
      boolean precedes = BEFORE.indexOf(c) >= 0 || !(decimal || letter);
      boolean follows = AFTER.indexOf(c) >= 0 || !(decimal || letter);
      FLAGS[c] =
          (byte)
              ((hex ? HEX : 0)
                  | (decimal ? DECIMAL : 0)
                  | (precedes ? MAY_PRECEDE : 0)
                  | (follows ? MAY_FOLLOW : 0));
    }
  }

  /** A text, the name that replaces it, and suffixes that belong to it. */
  private record Name(String text, String name, List<String> tails) {}

  /** In this order, because later names contain earlier ones. */
  private static final List<Name> NAMES =
      List.of(
          new Name("<N>-<N>-<N>-<N>-<N>", "<UUID>", List.of()),
          new Name("<N>.<N>.<N>.<N>", "<IP4>", List.of()),
          new Name("<N>:<N>:<N>", "<TIME>", List.of(".<N>", ",<N>")),
          new Name("<N>-<N>-<N>", "<DATE>", List.of()),
          new Name("<N>/<N>/<N>", "<DATE>", List.of()),
          new Name("<DATE>T<TIME>", "<DATETIME>", List.of("Z", "-<N>:<N>", "+<N>:<N>")),
          new Name("<DATE> <TIME>", "<DATETIME>", List.of("Z", "-<N>:<N>", "+<N>:<N>")));

  private CollapseNums() {}

  public static void map(byte[] bytes, int from, int to, boolean prettify, ByteBuilder target) {
    int begin = target.length();
    int copied = from;
    int at = from;
    while (at < to) {
      if (!opens(bytes, from, at)) {
        at++;
        continue;
      }
      int end = at;
      boolean decimal = true;
      while (end < to && isHex(bytes[end])) {
        decimal &= isDecimal(bytes[end++]);
      }
      if (isNumber(end - at, decimal) && closes(bytes, end, to)) {
        target.append(bytes, copied, at).append(PLACE_BYTES);
        copied = end;
      }
      at = end;
    }
    target.append(bytes, copied, to);
    if (prettify && copied > from) {
      String text =
          new String(target.array(), begin, target.length() - begin, StandardCharsets.UTF_8);
      target.truncate(begin);
      target.append(prettify(text));
    }
  }

  /** The replacement as a function, which also knows templates whose texts all become one. */
  public static BytesMapper mapper(boolean prettify) {
    return new BytesMapper() {
      @Override
      public void map(byte[] bytes, int from, int to, ByteBuilder target) {
        CollapseNums.map(bytes, from, to, prettify, target);
      }

      @Override
      public boolean map(TextShape shape, ByteBuilder target) {
        ByteBuilder sample = new ByteBuilder(128);
        for (int gap = 0; gap < shape.gaps().size(); gap++) {
          if (!isReplaced(shape, gap)) {
            return false;
          }
          sample.append(shape.parts().get(gap));
          for (int i = 0; i < Math.max(1, shape.gaps().get(gap).minLength()); i++) {
            sample.append('0');
          }
        }
        sample.append(shape.parts().getLast());
        CollapseNums.map(sample.array(), 0, sample.length(), prettify, target);
        return true;
      }
    };
  }

  /** Whether a gap is part of a number whatever its content, so that its content is replaced. */
  private static boolean isReplaced(TextShape shape, int number) {
    Gap gap = shape.gaps().get(number);
    boolean digits = gap.alphabet() == Alphabet.DIGITS;
    if (!digits && gap.alphabet() != Alphabet.LOWER_HEX && gap.alphabet() != Alphabet.UPPER_HEX) {
      return false;
    }
    byte[] before = shape.parts().get(number);
    int start = before.length;
    boolean decimal = digits;
    while (start > 0 && isHex(before[start - 1])) {
      decimal &= isDecimal(before[--start]);
    }
    byte[] after = shape.parts().get(number + 1);
    int end = 0;
    while (end < after.length && isHex(after[end])) {
      decimal &= isDecimal(after[end++]);
    }
    boolean joined =
        (start == 0 && number > 0) || (end == after.length && number + 1 < shape.gaps().size());
    if (joined
        || !(start == 0 || mayPrecede(before[start - 1]))
        || !closes(after, end, after.length)) {
      return false;
    }
    int length = before.length - start + gap.minLength() + end;
    if (decimal) {
      return length > 0;
    }
    // Hexadecimal digits may all be decimal, too: a number whatever their count.
    boolean fixed = gap.minLength() > 0 && gap.minLength() == gap.maxLength();
    return fixed && isNumber(length, false);
  }

  private static String prettify(String collapsed) {
    String text = collapsed;
    for (Name name : NAMES) {
      int found = text.indexOf(name.text);
      if (found < 0) {
        continue;
      }
      StringBuilder named = new StringBuilder(text.length());
      int at = 0;
      for (; found >= 0; found = text.indexOf(name.text, at)) {
        named.append(text, at, found).append(name.name);
        at = found + name.text.length();
        for (String tail : name.tails) {
          if (text.startsWith(tail, at)) {
            at += tail.length();
            break;
          }
        }
      }
      text = named.append(text, at, text.length()).toString();
    }
    return text;
  }

  /** Whether a number may begin at a place. */
  static boolean opens(byte[] bytes, int from, int at) {
    if (!isHex(bytes[at])) {
      return false;
    }
    return at == from || mayPrecede(bytes[at - 1]);
  }

  private static boolean mayPrecede(byte b) {
    return (FLAGS[b & 0xff] & MAY_PRECEDE) != 0;
  }

  /** Whether a number may end before a place. */
  static boolean closes(byte[] bytes, int end, int to) {
    return end == to || (FLAGS[bytes[end] & 0xff] & MAY_FOLLOW) != 0;
  }

  /** Whether a run of this many hexadecimal digits may be a number. */
  static boolean isNumber(int length, boolean decimal) {
    return length > 0 && (decimal || (length >= MIN_HEX && length % 2 == 0));
  }

  static boolean isDecimal(byte b) {
    return (FLAGS[b & 0xff] & DECIMAL) != 0;
  }

  static boolean isHex(byte b) {
    return (FLAGS[b & 0xff] & HEX) != 0;
  }
}
