package io.logcaster.query.exec.text;

import io.logcaster.record.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text with placeholders, as {@code pattern_match} finds it. A placeholder is greedy and does not
 * backtrack: {@code <W>b} never matches, because the word takes the {@code b}.
 */
public final class MatchPattern {

  /**
   * Longer quoted texts are not recognised, which bounds the work where many quotes are never
   * closed.
   */
  private static final int MAX_QUOTED = 4096;

  /** The kinds of placeholders; numbers are those that {@code collapse_nums} finds. */
  private enum Placeholder {
    N,
    UUID,
    IP4,
    TIME,
    DATE,
    DATETIME,

    /** A word, or a text in quotes. */
    W;

    private final String text = "<" + name() + ">";
  }

  /** The texts before, between and after the placeholders. */
  private final List<byte[]> literals = new ArrayList<>();

  private final List<Placeholder> placeholders = new ArrayList<>();

  private final Needle needle;

  public MatchPattern(String pattern) {
    int literal = 0;
    int at = 0;
    while (at < pattern.length()) {
      Placeholder found = placeholder(pattern, at);
      if (found == null) {
        at++;
        continue;
      }
      literals.add(pattern.substring(literal, at).getBytes(StandardCharsets.UTF_8));
      placeholders.add(found);
      at += found.text.length();
      literal = at;
    }
    literals.add(pattern.substring(literal).getBytes(StandardCharsets.UTF_8));
    needle = new Needle(literals.getFirst(), false);
  }

  private static @Nullable Placeholder placeholder(String pattern, int at) {
    for (Placeholder placeholder : Placeholder.values()) {
      if (pattern.startsWith(placeholder.text, at)) {
        return placeholder;
      }
    }
    return null;
  }

  public List<byte[]> literals() {
    return literals;
  }

  /**
   * A search in one value. It remembers runs of characters, so that a run is not read again for
   * each start.
   */
  public final class Search {

    private final byte[] bytes;

    private final int from;

    private final int to;

    private int runFrom = -1;

    private int runEnd = -1;

    /** The last digit of the run that is not decimal. */
    private int lastLetter = -1;

    private int wordFrom = -1;

    private int wordEnd = -1;

    public Search(byte[] bytes, int from, int to) {
      this.bytes = bytes;
      this.from = from;
      this.to = to;
    }

    /** Where the pattern that begins at {@code start} ends; -1 if it is not there. */
    public int end(int start) {
      int at = start;
      for (int i = 0; i < placeholders.size(); i++) {
        at = literal(literals.get(i), at);
        if (at < 0) {
          return -1;
        }
        at = end(placeholders.get(i), at);
        if (at < 0) {
          return -1;
        }
      }
      return literal(literals.getLast(), at);
    }

    /** Whether the pattern occurs; with {@code atEnd}, at the end of the value. */
    public boolean isFound(boolean atEnd) {
      for (int at = next(from); at >= 0; at = next(at + 1)) {
        int end = end(at);
        if (end >= 0 && (!atEnd || end == to)) {
          return true;
        }
      }
      return false;
    }

    /** The next place where the pattern may begin; -1 if there is none. */
    private int next(int at) {
      if (at > to) {
        return -1;
      }
      if (needle.length() > 0 || placeholders.isEmpty()) {
        return needle.find(bytes, at, to);
      }
      boolean word = placeholders.getFirst() == Placeholder.W;
      for (int i = at; i < to; i++) {
        if (word ? beginsWord(i) : CollapseNums.opens(bytes, from, i)) {
          return i;
        }
      }
      return -1;
    }

    private boolean beginsWord(int at) {
      return (bytes[at] & 0xC0) != 0x80
          && WordBoundaries.startsWord(bytes, at)
          && (at == from || !WordBoundaries.endsWord(bytes, from, at));
    }

    private int literal(byte[] text, int at) {
      if (text.length > to - at) {
        return -1;
      }
      for (int i = 0; i < text.length; i++) {
        if (bytes[at + i] != text[i]) {
          return -1;
        }
      }
      return at + text.length;
    }

    private int end(Placeholder placeholder, int at) {
      return switch (placeholder) {
        case N -> number(at);
        case UUID -> numbers(at, "----");
        case IP4 -> numbers(at, "...");
        case TIME -> time(at);
        case DATE -> date(at);
        case DATETIME -> dateTime(at);
        case W -> word(at);
      };
    }

    private int number(int at) {
      if (at >= to) {
        return -1;
      }
      if (at < runFrom || at >= runEnd) {
        runFrom = at;
        runEnd = at;
        while (runEnd < to && CollapseNums.isHex(bytes[runEnd])) {
          if (!CollapseNums.isDecimal(bytes[runEnd])) {
            lastLetter = runEnd;
          }
          runEnd++;
        }
      }
      return CollapseNums.isNumber(runEnd - at, at > lastLetter)
              && CollapseNums.closes(bytes, runEnd, to)
          ? runEnd
          : -1;
    }

    /** Numbers with separators between them. */
    private int numbers(int start, String separators) {
      int at = number(start);
      for (int i = 0; i < separators.length() && at >= 0; i++) {
        at = (at < to && bytes[at] == separators.charAt(i)) ? number(at + 1) : -1;
      }
      return at;
    }

    private int time(int start) {
      int at = numbers(start, "::");
      if (at >= 0 && at < to && (bytes[at] == '.' || bytes[at] == ',')) {
        int fraction = number(at + 1);
        return (fraction >= 0) ? fraction : at;
      }
      return at;
    }

    private int date(int start) {
      int at = numbers(start, "--");
      return (at >= 0) ? at : numbers(start, "//");
    }

    private int dateTime(int start) {
      int date = date(start);
      if (date < 0 || date >= to || (bytes[date] != 'T' && bytes[date] != ' ')) {
        return -1;
      }
      int at = time(date + 1);
      if (at < 0 || at >= to) {
        return at;
      }
      if (bytes[at] == 'Z') {
        return at + 1;
      }
      int zone = (bytes[at] == '-' || bytes[at] == '+') ? numbers(at + 1, ":") : -1;
      return (zone >= 0) ? zone : at;
    }

    private int word(int at) {
      if (at >= to) {
        return -1;
      }
      if ("\"'`".indexOf(bytes[at]) >= 0) {
        return quoted(at);
      }
      if (at < wordFrom || at >= wordEnd) {
        wordFrom = at;
        wordEnd = at;
        while (wordEnd < to && WordBoundaries.startsWord(bytes, wordEnd)) {
          wordEnd += Utf8.sequenceLength(bytes[wordEnd]);
        }
      }
      return (wordEnd > at) ? wordEnd : -1;
    }

    private int quoted(int open) {
      byte quote = bytes[open];
      int limit = Math.min(to, open + MAX_QUOTED);
      for (int at = open + 1; at < limit; at++) {
        if (bytes[at] == quote) {
          return at + 1;
        }
        if (bytes[at] == '\\' && quote != '`') {
          at++;
        }
      }
      return -1;
    }
  }
}
