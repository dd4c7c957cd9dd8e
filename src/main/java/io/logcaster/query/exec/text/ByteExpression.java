package io.logcaster.query.exec.text;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression as a Thompson automaton over bytes of UTF-8. It supports characters, dots,
 * classes of ASCII characters, groups, alternatives, repetitions, {@code ^} at the beginning,
 * {@code $} at the end, and {@code (?i)} if all letters are ASCII; {@link #compile} returns null
 * for others.
 */
public final class ByteExpression {

  /** Bounds the cost of one step of the automaton. */
  private static final int MAX_NODES = 1_000;

  /** What a node does: read a byte of a range, branch, or accept. */
  private static final int SPLIT = -1;

  private static final int ACCEPT = -2;

  private static final int ACCEPT_AT_END = -3;

  /** The lowest byte of a range, or another action of the node. */
  private int[] kinds = new int[32];

  private int[] highs = new int[32];

  private int[] nexts = new int[32];

  private int[] others = new int[32];

  private int size;

  private int start;

  private boolean anchored;

  /**
   * A part of an expression: creates nodes that lead to a given node, and returns the first of
   * them.
   */
  @FunctionalInterface
  interface Part {

    int emit(ByteExpression target, int next);

    static Part sequence(List<Part> parts) {
      return (target, next) -> {
        int at = next;
        for (Part part : parts.reversed()) {
          at = part.emit(target, at);
        }
        return at;
      };
    }

    static Part range(int low, int high) {
      return (target, next) -> target.node(low, high, next, 0);
    }

    static Part either(List<Part> parts) {
      return (target, next) -> {
        int at = parts.getLast().emit(target, next);
        for (int i = parts.size() - 2; i >= 0; i--) {
          at = target.node(SPLIT, 0, parts.get(i).emit(target, next), at);
        }
        return at;
      };
    }

    static Part star(Part part) {
      return (target, next) -> {
        int split = target.node(SPLIT, 0, 0, next);
        int body = part.emit(target, split);
        target.nexts[split] = body;
        return split;
      };
    }

    static Part optional(Part part) {
      return (target, next) -> target.node(SPLIT, 0, part.emit(target, next), next);
    }
  }

  /** The expression is not supported. */
  static final class Unknown extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unknown() {
      super("beyond the byte automaton", null, false, false);
    }
  }

  private ByteExpression() {}

  public static @Nullable ByteExpression compile(String pattern) {
    try {
      ByteExpression expression = new ByteExpression();
      ByteExpressionReader reader = new ByteExpressionReader(pattern);
      expression.anchored = reader.head();
      Part part = reader.alternatives(0);
      reader.finish();
      int accept = expression.node(reader.atEnd() ? ACCEPT_AT_END : ACCEPT, 0, 0, 0);
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

  /** The nodes reached from the given ones without reading a byte, sorted. */
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

  /** The nodes after a byte; null if a match was found. A match may begin at every byte. */
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
}
