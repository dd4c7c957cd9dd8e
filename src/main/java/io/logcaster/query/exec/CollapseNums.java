package io.logcaster.query.exec;

import com.google.re2j.Pattern;
import io.logcaster.record.ByteBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Puts {@code <N>} in the place of numbers: of words that are decimal or, from four digits on,
 * hexadecimal; of the digits in times ({@code 12T34}, {@code 56Z}) and before units ({@code 15ms}).
 * A {@code prettify} names what consists of several numbers.
 */
final class CollapseNums {

  private static final byte[] PLACE = "<N>".getBytes(StandardCharsets.US_ASCII);

  /**
   * Shorter words of hexadecimal digits are likelier words: {@code bad}, {@code face} has no digit.
   */
  private static final int MIN_HEX = 4;

  private static final Pattern UNITS =
      Pattern.compile(
          "(?:[0-9]+(?:ns|us|ms|s|m|h|d|w|y|[KMGT]i?B?|k|kb|mb|gb|B))+|[0-9]+T[0-9]+Z?|[0-9]+Z|v?[0-9]+x[0-9]+");

  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  private record Name(Pattern pattern, String name) {}

  private static final List<Name> NAMES =
      List.of(
          new Name(Pattern.compile("<N>-<N>-<N>-<N>-<N>"), "<UUID>"),
          new Name(Pattern.compile("<N>\\.<N>\\.<N>\\.<N>"), "<IP4>"),
          new Name(
              Pattern.compile(
                  "(?:<N>-<N>-<N>|<N>/<N>/<N>)[T ]<N>:<N>:<N>(?:[.,]<N>)?(?:Z|[+-]<N>:<N>|"
                      + " ?[+-]<N>)?"),
              "<DATETIME>"),
          new Name(Pattern.compile("<N>:<N>:<N>(?:[.,]<N>)?"), "<TIME>"),
          new Name(Pattern.compile("<N>-<N>-<N>|<N>/<N>/<N>"), "<DATE>"));

  private CollapseNums() {}

  static void map(byte[] bytes, int from, int to, boolean prettify, ByteBuilder target) {
    int begin = target.length();
    int at = from;
    while (at < to) {
      int start = at;
      while (at < to && isWord(bytes[at])) {
        at++;
      }
      if (at > start) {
        word(bytes, start, at, target);
      }
      while (at < to && !isWord(bytes[at])) {
        target.append(bytes[at++]);
      }
    }
    if (prettify && target.length() > begin) {
      String text =
          new String(target.array(), begin, target.length() - begin, StandardCharsets.UTF_8);
      target.truncate(begin);
      target.append(prettify(text));
    }
  }

  private static String prettify(String collapsed) {
    String text = collapsed;
    if (text.contains("<N>")) {
      for (Name name : NAMES) {
        text = name.pattern.matcher(text).replaceAll(name.name);
      }
    }
    return text;
  }

  private static boolean isWord(byte b) {
    return b < 0
        || (b >= '0' && b <= '9')
        || (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '_';
  }

  private static void word(byte[] bytes, int from, int to, ByteBuilder target) {
    int digits = 0;
    int letters = 0;
    int others = 0;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b >= '0' && b <= '9') {
        digits++;
      } else if ((b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F')) {
        letters++;
      } else {
        others++;
      }
    }
    if (digits > 0 && others == 0 && (letters == 0 || to - from >= MIN_HEX)) {
      target.append(PLACE);
    } else if (digits > 0 && isHexWithHead(bytes, from, to, others)) {
      target.append(bytes, from, from + 2).append(PLACE);
    } else if (digits > 0 && bytes[from] >= '0' && bytes[from] <= '9') {
      String word = new String(bytes, from, to - from, StandardCharsets.UTF_8);
      target.append(UNITS.matches(word) ? DIGITS.matcher(word).replaceAll("<N>") : word);
    } else {
      target.append(bytes, from, to);
    }
  }

  private static boolean isHexWithHead(byte[] bytes, int from, int to, int others) {
    return others == 1 && to - from > 2 && bytes[from] == '0' && bytes[from + 1] == 'x';
  }
}
