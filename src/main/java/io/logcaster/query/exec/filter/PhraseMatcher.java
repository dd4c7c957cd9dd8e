package io.logcaster.query.exec.filter;

import io.logcaster.query.exec.text.Needle;
import io.logcaster.query.exec.text.PhraseShapes;
import io.logcaster.query.exec.text.PhraseShapes.Edge;
import io.logcaster.query.exec.text.WordBoundaries;
import io.logcaster.record.TextShape;
import io.logcaster.record.Verdict;
import io.logcaster.storage.BlockSummary.ColumnSummary;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Finds a phrase of whole words; with {@code prefix}, the last word may continue. Where the phrase
 * begins or ends with a letter, digit or underscore, the value must have none of these next to it.
 */
public final class PhraseMatcher extends ValueMatcher {

  private final Needle needle;

  private final boolean wordStart;

  private final boolean wordEnd;

  private final boolean anyCase;

  /** Whether case must be folded on characters, because the phrase is not ASCII. */
  private final boolean foldText;

  /** Whether the phrase cannot overlap a word with a digit; see {@link #judgeOutline}. */
  private final boolean besideRuns;

  private final long[] words;

  private PhraseMatcher(String phrase, boolean anyCase, boolean prefix) {
    byte[] text =
        (anyCase ? phrase.toLowerCase(Locale.ROOT) : phrase).getBytes(StandardCharsets.UTF_8);
    this.anyCase = anyCase;
    foldText = anyCase && !isAscii(text);
    needle = new Needle(text, anyCase && !foldText);
    wordStart = text.length > 0 && WordBoundaries.startsWord(text, 0);
    wordEnd = text.length > 0 && !prefix && WordBoundaries.endsWord(text, 0, text.length);
    besideRuns = text.length > 0 && !prefix && !foldText && !hasDigit(text);
    words = anyCase ? new long[0] : words(text, true, !prefix);
  }

  /** Values that contain a phrase; the empty phrase is in every value. */
  public static PhraseMatcher of(String phrase) {
    return new PhraseMatcher(phrase, false, false);
  }

  static PhraseMatcher ofPrefix(String prefix) {
    return new PhraseMatcher(prefix, false, true);
  }

  static PhraseMatcher ofAnyCase(String phrase) {
    return new PhraseMatcher(phrase, true, false);
  }

  static PhraseMatcher ofAnyCasePrefix(String prefix) {
    return new PhraseMatcher(prefix, true, true);
  }

  private static boolean isAscii(byte[] text) {
    for (byte b : text) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasDigit(byte[] text) {
    for (byte b : text) {
      if (b >= '0' && b <= '9') {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    if (foldText) {
      String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
      byte[] folded = text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
      return find(folded, 0, 0, folded.length) >= 0;
    }
    return find(bytes, from, from, to) >= 0;
  }

  /**
   * Finds the first occurrence of the phrase.
   *
   * @param start where the value begins, to know what precedes {@code from}
   * @param from where to begin the search
   * @param to where the value ends
   */
  public int find(byte[] bytes, int start, int from, int to) {
    int at = needle.find(bytes, from, to);
    while (at >= 0) {
      int end = at + needle.length();
      if ((!wordStart || at == start || !WordBoundaries.endsWord(bytes, start, at))
          && (!wordEnd || end == to || !WordBoundaries.startsWord(bytes, end))) {
        return at;
      }
      at = needle.find(bytes, at + 1, to);
    }
    return -1;
  }

  int length() {
    return needle.length();
  }

  /**
   * A run is a word with a digit. A phrase without digits cannot contain it, and cannot begin or
   * end within it, because its own words are whole. So it occurs beside the runs or not at all.
   */
  @Override
  public Verdict judgeOutline(byte[] outline) {
    if (!besideRuns) {
      return Verdict.UNKNOWN;
    }
    for (int at = needle.find(outline, 0, outline.length);
        at >= 0;
        at = needle.find(outline, at + 1, outline.length)) {
      int end = at + needle.length();
      if ((!wordStart || at == 0 || !isWordBefore(outline, at))
          && (!wordEnd || end == outline.length || !isWordAt(outline, end))) {
        return Verdict.YES;
      }
    }
    return Verdict.NO;
  }

  private static boolean isWordBefore(byte[] outline, int at) {
    return outline[at - 1] == RUN || WordBoundaries.endsWord(outline, 0, at);
  }

  private static boolean isWordAt(byte[] outline, int at) {
    return outline[at] == RUN || WordBoundaries.startsWord(outline, at);
  }

  @Override
  public Verdict judge(TextShape shape) {
    return foldText
        ? Verdict.UNKNOWN
        : PhraseShapes.judge(
            shape, needle, wordStart ? Edge.WORD : Edge.ANY, wordEnd ? Edge.WORD : Edge.ANY, this);
  }

  @Override
  boolean mayMatch(ColumnSummary values) {
    return mayContainAll(values, words);
  }

  @Override
  int cost() {
    return anyCase ? RowMatcher.SEARCH * (foldText ? 10 : 2) : RowMatcher.SEARCH;
  }
}
