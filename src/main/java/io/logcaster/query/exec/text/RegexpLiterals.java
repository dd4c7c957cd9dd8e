package io.logcaster.query.exec.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Texts such that every match of a regular expression contains at least one of them.
 *
 * @param texts the texts; none if nothing is known
 * @param complete whether every value with one of the texts in it matches
 */
public record RegexpLiterals(List<String> texts, boolean complete) {

  private static final RegexpLiterals NONE = new RegexpLiterals(List.of(), false);

  /** The characters that may have a special meaning. */
  private static final String META = "\\^$.[]|()?*+{}";

  /** Looks at the alternatives of an expression, each of them a sequence. */
  public static RegexpLiterals of(String expression) {
    List<String> texts = new ArrayList<>();
    boolean complete = true;
    for (String alternative : alternatives(expression)) {
      Scanner scanner = new Scanner(alternative);
      if (!scanner.scan() || scanner.longest.isEmpty()) {
        return NONE;
      }
      texts.add(scanner.longest);
      complete &= scanner.onlyText;
    }
    return new RegexpLiterals(texts, complete);
  }

  /** Splits at bars outside groups and classes. */
  private static List<String> alternatives(String expression) {
    List<String> alternatives = new ArrayList<>();
    int depth = 0;
    boolean inClass = false;
    int start = 0;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (c == '\\') {
        i++;
      } else if (inClass) {
        inClass = c != ']' || expression.charAt(i - 1) == '[';
      } else if (c == '[') {
        inClass = true;
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (c == '|' && depth == 0) {
        alternatives.add(expression.substring(start, i));
        start = i + 1;
      }
    }
    alternatives.add(expression.substring(start));
    return alternatives;
  }

  /** Reads a sequence and keeps its longest run of literal characters. */
  private static final class Scanner {

    private final String text;

    private int at;

    private String longest = "";

    private boolean onlyText = true;

    Scanner(String text) {
      this.text = text;
    }

    boolean scan() {
      StringBuilder run = new StringBuilder();
      while (at < text.length()) {
        int c = text.codePointAt(at);
        int literal = literal(c);
        if (literal == UNKNOWN) {
          return false;
        }
        int repeat = repeat();
        if (literal != NO_LITERAL && repeat != 0) {
          run.appendCodePoint(literal);
        }
        if (literal == NO_LITERAL || repeat != 1) {
          onlyText = false;
          keep(run);
        }
      }
      keep(run);
      return true;
    }

    private void keep(StringBuilder run) {
      if (run.length() > longest.length()) {
        longest = run.toString();
      }
      run.setLength(0);
    }

    private static final int NO_LITERAL = -1;

    private static final int UNKNOWN = -2;

    /** Reads one element; returns its character if it is a literal. */
    private int literal(int c) {
      if (c == '\\') {
        if (at + 1 >= text.length()) {
          return UNKNOWN;
        }
        char escaped = text.charAt(at + 1);
        at += 2;
        if (META.indexOf(escaped) >= 0 || !Character.isLetterOrDigit(escaped)) {
          return escaped;
        }
        return (escaped == 'Q' || escaped == 'p' || escaped == 'P' || escaped == 'x')
            ? UNKNOWN
            : NO_LITERAL;
      }
      if (c == '[') {
        int close = text.indexOf(']', at + (text.startsWith("[^]", at) ? 3 : 2));
        if (close < 0
            || (text.indexOf('[', at + 1) > 0 && text.indexOf('[', at + 1) < close)
            || text.substring(at, close).contains("\\")) {
          return UNKNOWN;
        }
        at = close + 1;
        return NO_LITERAL;
      }
      if (c == '(') {
        if (text.startsWith("(?", at)
            && !text.startsWith("(?P<", at)
            && !text.startsWith("(?:", at)) {
          return UNKNOWN;
        }
        return skipGroup() ? NO_LITERAL : UNKNOWN;
      }
      at += Character.charCount(c);
      return (META.indexOf(c) >= 0) ? NO_LITERAL : c;
    }

    private boolean skipGroup() {
      int depth = 0;
      for (; at < text.length(); at++) {
        char c = text.charAt(at);
        if (c == '\\') {
          at++;
        } else if (c == '[') {
          return false;
        } else if (c == '(') {
          depth++;
        } else if (c == ')' && --depth == 0) {
          at++;
          return true;
        }
      }
      return false;
    }

    /** Reads a quantifier: 1 for once, 0 for possibly not at all, 2 for anything else. */
    private int repeat() {
      if (at >= text.length()) {
        return 1;
      }
      char c = text.charAt(at);
      if (c == '?' || c == '*' || c == '{') {
        int end = (c == '{') ? text.indexOf('}', at) : at;
        at = (end < 0) ? text.length() : end + 1;
        skipLazy();
        return 0;
      }
      if (c == '+') {
        at++;
        skipLazy();
        return 2;
      }
      return 1;
    }

    private void skipLazy() {
      if (at < text.length() && text.charAt(at) == '?') {
        at++;
      }
    }
  }
}
