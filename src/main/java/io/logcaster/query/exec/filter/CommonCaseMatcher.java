package io.logcaster.query.exec.filter;

import io.logcaster.query.exec.text.WordBoundaries;
import io.logcaster.record.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Values with one of several phrases in their usual spellings. A phrase has two forms: one whose
 * capital letters may each be lower case, and one all in upper case.
 */
final class CommonCaseMatcher extends ValueMatcher {

  private final List<Form> forms;

  private final boolean whole;

  /** A phrase, character by character. */
  private static final class Form {

    /** The spellings of each character: one or two. */
    private final byte[][][] either;

    private final boolean wordStart;

    private final boolean wordEnd;

    Form(byte[][][] either, boolean wordStart, boolean wordEnd) {
      this.either = either;
      this.wordStart = wordStart;
      this.wordEnd = wordEnd;
    }

    static Form of(String phrase, boolean orSmall) {
      int[] chars = phrase.codePoints().toArray();
      byte[][][] either = new byte[chars.length][][];
      for (int i = 0; i < chars.length; i++) {
        byte[] exact = bytes(chars[i]);
        either[i] =
            (orSmall && Character.isUpperCase(chars[i]))
                ? new byte[][] {exact, bytes(Character.toLowerCase(chars[i]))}
                : new byte[][] {exact};
      }
      byte[] text = phrase.getBytes(StandardCharsets.UTF_8);
      return new Form(
          either,
          text.length > 0 && WordBoundaries.startsWord(text, 0),
          text.length > 0 && WordBoundaries.endsWord(text, 0, text.length));
    }

    private static byte[] bytes(int c) {
      return Character.toString(c).getBytes(StandardCharsets.UTF_8);
    }

    /** Where the phrase that begins at {@code from} ends; -1 if it is not there. */
    int end(byte[] bytes, int from, int to) {
      int at = from;
      for (byte[][] ways : either) {
        int next = -1;
        for (byte[] way : ways) {
          if (at + way.length <= to && startsWith(bytes, at, way)) {
            next = at + way.length;
            break;
          }
        }
        if (next < 0) {
          return -1;
        }
        at = next;
      }
      return at;
    }

    private static boolean startsWith(byte[] bytes, int at, byte[] way) {
      for (int i = 0; i < way.length; i++) {
        if (bytes[at + i] != way[i]) {
          return false;
        }
      }
      return true;
    }

    boolean isIn(byte[] bytes, int from, int to) {
      for (int at = from; at <= to; at += (at < to) ? Utf8.sequenceLength(bytes[at]) : 1) {
        int end = end(bytes, at, to);
        if (end >= 0
            && (!wordStart || at == from || !WordBoundaries.endsWord(bytes, from, at))
            && (!wordEnd || end == to || !WordBoundaries.startsWord(bytes, end))) {
          return true;
        }
      }
      return false;
    }
  }

  CommonCaseMatcher(List<String> phrases, boolean whole) {
    this.whole = whole;
    forms =
        phrases.stream()
            .flatMap(
                (text) -> List.of(Form.of(text, true), Form.of(capitals(text), false)).stream())
            .toList();
  }

  private static String capitals(String text) {
    StringBuilder capitals = new StringBuilder(text.length());
    text.codePoints().map(Character::toUpperCase).forEach(capitals::appendCodePoint);
    return capitals.toString();
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    for (Form form : forms) {
      if (whole ? form.end(bytes, from, to) == to : form.isIn(bytes, from, to)) {
        return true;
      }
    }
    return false;
  }

  @Override
  int cost() {
    return RowMatcher.SEARCH * (1 + forms.size());
  }
}
