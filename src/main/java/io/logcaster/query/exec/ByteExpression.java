package io.logcaster.query.exec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression as a Thompson automaton over bytes of UTF-8. It knows characters, dots,
 * classes of ASCII characters, groups, alternatives, repetitions, {@code ^} at the beginning,
 * {@code $} at the end, and {@code (?i)} where all letters are ASCII; {@link #compile} gives null
 * for others.
 */
final class ByteExpression {

  /** Bounds what one step of the automaton costs. */
  private static final int MAX_NODES = 1_000;

  /** The largest number in a counted repetition, as RE2 has it. */
  private static final int MAX_REPEAT = 1_000;

  private static final int MAX_DEPTH = 100;

  /** What a node does: read a byte of a range, go two ways, or accept. */
  private static final int SPLIT = -1;

  private static final int ACCEPT = -2;

  private static final int ACCEPT_AT_END = -3;

  /** The lowest byte of a range, or what else the node does. */
  private int[] kinds = new int[32];

  private int[] highs = new int[32];

  private int[] nexts = new int[32];

  private int[] others = new int[32];

  private int size;

  private int start;

  private boolean anchored;

  /** A part of an expression: makes nodes that go on to a node, and gives the first of them. */
  @FunctionalInterface
  private interface Part {

    int emit(ByteExpression target, int next);
  }

  /** The expression is beyond this class. */
  private static final class Unknown extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unknown() {
      super("beyond the byte automaton", null, false, false);
    }
  }

  private ByteExpression() {}

  static @Nullable ByteExpression compile(String pattern) {
    try {
      ByteExpression expression = new ByteExpression();
      Reader reader = new Reader(pattern);
      expression.anchored = reader.head();
      Part part = reader.alternatives(0);
      reader.finish();
      int accept = expression.node(reader.atEnd ? ACCEPT_AT_END : ACCEPT, 0, 0, 0);
      expression.start = part.emit(expression, accept);
      return expression;
    } catch (Unknown ex) {
      return null;
    }
  }

  private int node(int kind, int high, int next, int other) {
    if (size >= MAX_NODES) {
      throw new Unknown();
    }
    if (size == kinds.length) {
      kinds = Arrays.copyOf(kinds, size * 2);
      highs = Arrays.copyOf(highs, size * 2);
      nexts = Arrays.copyOf(nexts, size * 2);
      others = Arrays.copyOf(others, size * 2);
    }
    kinds[size] = kind;
    highs[size] = high;
    nexts[size] = next;
    others[size] = other;
    return size++;
  }

  int start() {
    return start;
  }

  /** The nodes that are reached from some without reading, sorted. */
  int[] closure(int[] nodes, boolean withStart) {
    boolean[] reached = new boolean[size];
    int[] stack = new int[size * 2 + nodes.length + 1];
    int depth = 0;
    for (int node : nodes) {
      stack[depth++] = node;
    }
    if (withStart) {
      stack[depth++] = start;
    }
    int count = 0;
    while (depth > 0) {
      int node = stack[--depth];
      if (!reached[node]) {
        reached[node] = true;
        if (kinds[node] == SPLIT) {
          stack[depth++] = nexts[node];
          stack[depth++] = others[node];
        } else {
          count++;
        }
      }
    }
    int[] set = new int[count];
    for (int node = size - 1; node >= 0; node--) {
      if (reached[node] && kinds[node] != SPLIT) {
        set[--count] = node;
      }
    }
    return set;
  }

  /** The nodes after a byte, null where a match was found. A match may begin at every byte. */
  int @Nullable [] step(int[] set, byte b) {
    int value = b & 0xff;
    int[] next = new int[set.length];
    int count = 0;
    for (int node : set) {
      if (kinds[node] >= 0 && value >= kinds[node] && value <= highs[node]) {
        next[count++] = nexts[node];
      }
    }
    int[] closed = closure(Arrays.copyOf(next, count), !anchored);
    return accepts(closed) ? null : closed;
  }

  boolean accepts(int[] set) {
    return has(set, ACCEPT);
  }

  boolean acceptsAtEnd(int[] set) {
    return has(set, ACCEPT_AT_END) || has(set, ACCEPT);
  }

  private boolean has(int[] set, int kind) {
    for (int node : set) {
      if (kinds[node] == kind) {
        return true;
      }
    }
    return false;
  }

  private static Part sequence(List<Part> parts) {
    return (target, next) -> {
      int at = next;
      for (Part part : parts.reversed()) {
        at = part.emit(target, at);
      }
      return at;
    };
  }

  private static Part range(int low, int high) {
    return (target, next) -> target.node(low, high, next, 0);
  }

  private static Part either(List<Part> parts) {
    return (target, next) -> {
      int at = parts.getLast().emit(target, next);
      for (int i = parts.size() - 2; i >= 0; i--) {
        at = target.node(SPLIT, 0, parts.get(i).emit(target, next), at);
      }
      return at;
    };
  }

  private static Part star(Part part) {
    return (target, next) -> {
      int split = target.node(SPLIT, 0, 0, next);
      int body = part.emit(target, split);
      target.nexts[split] = body;
      return split;
    };
  }

  private static Part optional(Part part) {
    return (target, next) -> target.node(SPLIT, 0, part.emit(target, next), next);
  }

  /** Reads an expression. */
  private static final class Reader {

    private static final Part TAIL = range(0x80, 0xBF);

    /** Any character that is not ASCII. */
    private static final List<Part> BEYOND_ASCII =
        List.of(
            sequence(List.of(range(0xC2, 0xDF), TAIL)),
            sequence(List.of(range(0xE0, 0xEF), TAIL, TAIL)),
            sequence(List.of(range(0xF0, 0xF4), TAIL, TAIL, TAIL)));

    private final String text;

    private int at;

    private boolean anyCase;

    private boolean atEnd;

    Reader(String text) {
      this.text = text;
    }

    /** Reads what may stand only at the beginning; tells whether matches begin with the value. */
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
      return either(parts);
    }

    private Part concatenation(int depth) {
      List<Part> parts = new ArrayList<>();
      while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
        if (text.charAt(at) == '$'
            && at == text.length() - 1
            && depth == 0
            && !hasTopAlternative()) {
          at++;
          atEnd = true;
          break;
        }
        parts.add(repeated(element(depth)));
      }
      return sequence(parts);
    }

    private Part repeated(Part part) {
      if (at >= text.length()) {
        return part;
      }
      Part repeated =
          switch (text.charAt(at)) {
            case '*' -> star(part);
            case '+' -> sequence(List.of(part, star(part)));
            case '?' -> optional(part);
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
        parts.add(star(part));
      }
      for (int i = min; i < max; i++) {
        parts.add(optional(part));
      }
      return sequence(parts);
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
        parts.add(range(b & 0xff, b & 0xff));
      }
      return sequence(parts);
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
     * Fills a set with what an escape stands for; tells whether characters beyond ASCII belong to
     * it.
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
        parts.add(range(low, high));
        low = high + 1;
      }
      if (beyondAscii) {
        parts.addAll(BEYOND_ASCII);
      }
      if (parts.isEmpty()) {
        throw new Unknown();
      }
      return either(parts);
    }
  }
}
