package io.logcaster.query.exec.text;

import io.logcaster.query.exec.text.ByteExpression.Part;
import io.logcaster.query.exec.text.ByteExpression.Unknown;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Parses a regular expression into the parts that create the nodes of a {@link ByteExpression};
 * throws {@link Unknown} if that does not support the expression.
 */
final class ByteExpressionReader {

  /** The largest number in a counted repetition, as in RE2. */
  private static final int MAX_REPEAT = 1_000;

  /** The maximum depth of nested groups. */
  private static final int MAX_DEPTH = 100;

  private static final Part TAIL = Part.range(0x80, 0xBF);

  /** Any character that is not ASCII. */
  private static final List<Part> BEYOND_ASCII =
      List.of(
          Part.sequence(List.of(Part.range(0xC2, 0xDF), TAIL)),
          Part.sequence(List.of(Part.range(0xE0, 0xEF), TAIL, TAIL)),
          Part.sequence(List.of(Part.range(0xF0, 0xF4), TAIL, TAIL, TAIL)));

  private final String text;

  private int at;

  private boolean anyCase;

  private boolean atEnd;

  ByteExpressionReader(String text) {
    this.text = text;
  }

  /** Reads what is allowed only at the beginning; returns whether matches begin with the value. */
  boolean head() {
    if (text.startsWith("(?i)")) {
      anyCase = true;
      at = 4;
    }
    String rest = text.substring(at);
    if (rest.startsWith("^") && !hasTopAlternative()) {
      at++;
      return true;
    }
    return false;
  }

  private boolean hasTopAlternative() {
    return text.indexOf('|') >= 0;
  }

  /** Whether the expression ends with the value. */
  boolean atEnd() {
    return atEnd;
  }

  void finish() {
    if (at < text.length()) {
      throw new Unknown();
    }
  }

  Part alternatives(int depth) {
    if (depth > MAX_DEPTH) {
      throw new Unknown();
    }
    List<Part> parts = new ArrayList<>();
    parts.add(concatenation(depth));
    while (at < text.length() && text.charAt(at) == '|') {
      at++;
      parts.add(concatenation(depth));
    }
    return Part.either(parts);
  }

  private Part concatenation(int depth) {
    List<Part> parts = new ArrayList<>();
    while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
      if (text.charAt(at) == '$' && at == text.length() - 1 && depth == 0 && !hasTopAlternative()) {
        at++;
        atEnd = true;
        break;
      }
      parts.add(repeated(element(depth)));
    }
    return Part.sequence(parts);
  }

  private Part repeated(Part part) {
    if (at >= text.length()) {
      return part;
    }
    Part repeated =
        switch (text.charAt(at)) {
          case '*' -> Part.star(part);
          case '+' -> Part.sequence(List.of(part, Part.star(part)));
          case '?' -> Part.optional(part);
          case '{' -> null;
          default -> part;
        };
    if (repeated == null) {
      repeated = counted(part);
    } else if (!repeated.equals(part)) {
      at++;
    } else {
      return part;
    }
    // A lazy repetition finds the same matches.
    if (at < text.length() && text.charAt(at) == '?') {
      at++;
    }
    if (at < text.length() && "*+{".indexOf(text.charAt(at)) >= 0) {
      throw new Unknown();
    }
    return repeated;
  }

  private Part counted(Part part) {
    int close = text.indexOf('}', at);
    if (close < 0) {
      throw new Unknown();
    }
    String[] bounds = text.substring(at + 1, close).split(",", -1);
    int min = number(bounds[0]);
    int max = (bounds.length == 1) ? min : bounds[1].isEmpty() ? -1 : number(bounds[1]);
    if (bounds.length > 2 || (max >= 0 && max < min)) {
      throw new Unknown();
    }
    at = close + 1;
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < min; i++) {
      parts.add(part);
    }
    if (max < 0) {
      parts.add(Part.star(part));
    }
    for (int i = min; i < max; i++) {
      parts.add(Part.optional(part));
    }
    return Part.sequence(parts);
  }

  private static int number(String digits) {
    if (!digits.matches("\\d{1,4}") || Integer.parseInt(digits) > MAX_REPEAT) {
      throw new Unknown();
    }
    return Integer.parseInt(digits);
  }

  private Part element(int depth) {
    char c = text.charAt(at);
    return switch (c) {
      case '(' -> group(depth);
      case '[' -> charClass();
      case '.' -> {
        at++;
        boolean[] set = new boolean[128];
        Arrays.fill(set, true);
        set['\n'] = false;
        yield set(set, true);
      }
      case '\\' -> escape();
      case '^', '$', '*', '+', '?', '{' -> throw new Unknown();
      default -> {
        int code = text.codePointAt(at);
        at += Character.charCount(code);
        yield character(code);
      }
    };
  }

  private Part group(int depth) {
    at++;
    if (text.startsWith("?:", at)) {
      at += 2;
    } else if (text.startsWith("?P<", at)) {
      at = text.indexOf('>', at) + 1;
    } else if (text.startsWith("?", at)) {
      throw new Unknown();
    }
    Part part = alternatives(depth + 1);
    if (at >= text.length() || text.charAt(at) != ')') {
      throw new Unknown();
    }
    at++;
    return part;
  }

  private Part character(int code) {
    if (code < 128) {
      boolean[] set = new boolean[128];
      set[code] = true;
      return set(set, false);
    }
    if (anyCase) {
      throw new Unknown();
    }
    List<Part> parts = new ArrayList<>();
    for (byte b : Character.toString(code).getBytes(StandardCharsets.UTF_8)) {
      parts.add(Part.range(b & 0xff, b & 0xff));
    }
    return Part.sequence(parts);
  }

  private Part escape() {
    if (at + 1 >= text.length()) {
      throw new Unknown();
    }
    char c = text.charAt(at + 1);
    boolean[] set = new boolean[128];
    boolean negated = named(c, set);
    at += 2;
    return set(set, negated);
  }

  /**
   * Fills a set with the characters of an escape; returns whether it includes non-ASCII characters.
   */
  private static boolean named(char c, boolean[] set) {
    String members =
        switch (Character.toLowerCase(c)) {
          case 'd' -> "0123456789";
          case 'w' -> "0123456789_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
          case 's' -> "\t\n\f\r ";
          default -> "";
        };
    if (members.isEmpty()) {
      set[plain(c)] = true;
      return false;
    }
    boolean negated = Character.isUpperCase(c);
    for (int i = 0; i < 128; i++) {
      set[i] |= (members.indexOf(i) >= 0) != negated;
    }
    return negated;
  }

  /** The character that an escape stands for. */
  private static int plain(char c) {
    int known = "tnrf".indexOf(c);
    if (known >= 0) {
      return "\t\n\r\f".charAt(known);
    }
    if (Character.isLetterOrDigit(c) || c >= 128) {
      throw new Unknown();
    }
    return c;
  }

  private Part charClass() {
    at++;
    boolean negated = at < text.length() && text.charAt(at) == '^';
    if (negated) {
      at++;
    }
    boolean[] set = new boolean[128];
    boolean beyond = false;
    boolean first = true;
    while (first || (at < text.length() && text.charAt(at) != ']')) {
      first = false;
      if (at >= text.length()) {
        throw new Unknown();
      }
      char low = text.charAt(at);
      if (low == '\\') {
        if (at + 1 >= text.length()) {
          throw new Unknown();
        }
        char escaped = text.charAt(at + 1);
        beyond |= named(escaped, set);
        at += 2;
        if (at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']') {
          throw new Unknown();
        }
        continue;
      }
      if (low == '[' || low >= 128) {
        throw new Unknown();
      }
      at++;
      char high = low;
      if (at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']') {
        high = text.charAt(at + 1);
        at += 2;
      }
      if (high >= 128 || high < low || high == '\\' || high == '[') {
        throw new Unknown();
      }
      Arrays.fill(set, low, high + 1, true);
    }
    if (at >= text.length()) {
      throw new Unknown();
    }
    at++;
    if (anyCase) {
      fold(set);
    }
    if (negated) {
      for (int i = 0; i < 128; i++) {
        set[i] = !set[i];
      }
    }
    return set(set, beyond != negated, false);
  }

  private static void fold(boolean[] set) {
    for (int i = 'a'; i <= 'z'; i++) {
      boolean either = set[i] || set[i - 32];
      // RE2 folds these two with characters beyond ASCII as well.
      if (either && (i == 'k' || i == 's')) {
        throw new Unknown();
      }
      set[i] = either;
      set[i - 32] = either;
    }
  }

  private Part set(boolean[] set, boolean beyondAscii) {
    return set(set, beyondAscii, anyCase && !beyondAscii);
  }

  private Part set(boolean[] set, boolean beyondAscii, boolean folded) {
    if (folded) {
      fold(set);
    }
    List<Part> parts = new ArrayList<>();
    int low = 0;
    while (low < 128) {
      if (!set[low]) {
        low++;
        continue;
      }
      int high = low;
      while (high + 1 < 128 && set[high + 1]) {
        high++;
      }
      parts.add(Part.range(low, high));
      low = high + 1;
    }
    if (beyondAscii) {
      parts.addAll(BEYOND_ASCII);
    }
    if (parts.isEmpty()) {
      throw new Unknown();
    }
    return Part.either(parts);
  }
}
