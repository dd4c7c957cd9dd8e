package io.logcaster.query.exec.text;

import io.logcaster.record.TextShape;
import io.logcaster.record.TextShape.Alphabet;
import io.logcaster.record.TextShape.Gap;
import io.logcaster.record.Verdict;
import io.logcaster.record.WorkLimit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds matches of a regular expression in UTF-8 without decoding it: a Thompson automaton over
 * bytes, whose sets of states become states of a deterministic automaton when they first occur (K.
 * Thompson, "Regular expression search algorithm", 1968; R. Cox, "Regular Expression Matching in
 * the Wild"). It costs one table look-up per byte.
 *
 * <p>It finds whether there is a match, not where, and supports what {@link ByteExpression}
 * supports.
 *
 * <p>Safe for use by many threads: readers use the table without a lock and at worst find an empty
 * entry, which is then filled under a lock. A filled entry never changes.
 */
public final class ByteAutomaton {

  /**
   * More states would take more than 4 MB of table; the general matcher handles such an expression.
   */
  private static final int MAX_STATES = 4_000;

  /** The maximum number of kinds of gaps that are remembered, with some kilobytes each. */
  private static final int MAX_GAPS = 500;

  private static final int UNKNOWN = -1;

  /** A match was found; this state is never left. */
  static final int FOUND = 0;

  /** The index in a row that holds whether its state accepts at the end of the value. */
  private static final int AT_END = 256;

  private static final int[] ONLY_FOUND = {FOUND};

  private final ByteExpression expression;

  /** For each state, the next state by byte. Replaced by a longer copy for a new state. */
  private volatile int[][] table = new int[0][];

  private final Map<String, Integer> numbers = new HashMap<>();

  private final List<int[]> sets = new ArrayList<>();

  /** Cached by state and alphabet, because every template needs them again. */
  private final Map<ByteStep, int[]> successors = new ConcurrentHashMap<>();

  /** Where gaps lead, for {@link AutomatonShapes}: templates share few kinds of gaps. */
  private final Map<Gap, GapSteps> gapSteps = new ConcurrentHashMap<>();

  private volatile boolean exhausted;

  private final int first;

  private ByteAutomaton(ByteExpression expression) {
    this.expression = expression;
    synchronized (this) {
      sets.add(new int[0]);
      table = new int[][] {new int[AT_END + 1]};
      table[FOUND][AT_END] = 1;
      first = add(expression.closure(new int[] {expression.start()}, true));
    }
  }

  /** The automaton of an expression; null if this class does not support it. */
  public static @Nullable ByteAutomaton of(String pattern) {
    ByteExpression expression = ByteExpression.compile(pattern);
    if (expression == null) {
      return null;
    }
    return new ByteAutomaton(expression);
  }

  /** Whether the table became too large, so that {@link #find} must not be called any more. */
  public boolean isExhausted() {
    return exhausted;
  }

  /** Whether the expression matches somewhere in a value. */
  public boolean find(byte[] bytes, int from, int to) {
    int[][] rows = table;
    int state = first;
    for (int i = from; i < to && state != FOUND; i++) {
      int next = rows[state][bytes[i] & 0xff];
      if (next == UNKNOWN || next >= rows.length) {
        next = step(state, bytes[i]);
        rows = table;
      }
      if (next == FOUND) {
        return true;
      }
      state = next;
    }
    return rows[state][AT_END] != 0;
  }

  /** Whether the expression matches in the texts of a shape. */
  public Verdict judge(TextShape shape) {
    return AutomatonShapes.judge(this, shape);
  }

  /** The state before the first byte. */
  int first() {
    return first;
  }

  /** Whether a state is a match at the end of the value. */
  boolean acceptsAtEnd(int state) {
    return table[state][AT_END] != 0;
  }

  /** The state that some bytes lead to. */
  int run(int start, byte[] bytes, int from, int to) {
    int[][] rows = table;
    int state = start;
    for (int i = from; i < to && state != FOUND; i++) {
      int next = rows[state][bytes[i] & 0xff];
      if (next == UNKNOWN || next >= rows.length) {
        next = step(state, bytes[i]);
        rows = table;
      }
      state = next;
    }
    return state;
  }

  private record ByteStep(int state, Alphabet alphabet) {}

  /** Where a kind of gap leads from each state, as far as that is known. Thread-safe. */
  static final class GapSteps {

    /** Steps from later states are not kept. */
    private static final int MAX_KEPT = 512;

    /** Replaced by a copy for each new entry. */
    private volatile int[] @Nullable [] byState = new int[0][];

    /** The states that the gap leads to from a state; null if they are not known. */
    int @Nullable [] get(int state) {
      int[] @Nullable [] known = byState;
      return (state < known.length) ? known[state] : null;
    }

    synchronized void put(int state, int[] next) {
      if (state < MAX_KEPT) {
        int[] @Nullable [] longer = Arrays.copyOf(byState, Math.max(byState.length, state + 1));
        longer[state] = next;
        byState = longer;
      }
    }
  }

  /** Where a kind of gap leads. */
  GapSteps steps(Gap gap) {
    GapSteps known = gapSteps.get(gap);
    if (known == null) {
      known = new GapSteps();
      if (gapSteps.size() < MAX_GAPS) {
        GapSteps before = gapSteps.putIfAbsent(gap, known);
        known = (before != null) ? before : known;
      }
    }
    return known;
  }

  /** The states that one byte of an alphabet can lead to, in ascending order. */
  @SuppressWarnings("EnumOrdinal") // a key of one run, never kept
  int[] successors(int state, Alphabet alphabet) {
    if (state == FOUND) {
      return ONLY_FOUND;
    }
    return successors.computeIfAbsent(
        new ByteStep(state, alphabet),
        (key) -> {
          BitSet after = new BitSet();
          for (int b = 0; b < 256; b++) {
            if (alphabet.has((byte) b)) {
              after.set(next(state, (byte) b));
            }
          }
          return after.stream().toArray();
        });
  }

  private int next(int state, byte b) {
    int next = table[state][b & 0xff];
    return (next == UNKNOWN) ? step(state, b) : next;
  }

  private synchronized int step(int state, byte b) {
    int known = table[state][b & 0xff];
    if (known != UNKNOWN) {
      return known;
    }
    int[] next = expression.step(sets.get(state), b);
    int number = (next == null) ? FOUND : add(next);
    table[state][b & 0xff] = number;
    return number;
  }

  private int add(int[] set) {
    if (expression.accepts(set)) {
      return FOUND;
    }
    String key = Arrays.toString(set);
    Integer known = numbers.get(key);
    if (known != null) {
      return known;
    }
    WorkLimit.checkNow();
    int number = sets.size();
    sets.add(set);
    numbers.put(key, number);
    int[] row = new int[AT_END + 1];
    Arrays.fill(row, UNKNOWN);
    row[AT_END] = expression.acceptsAtEnd(set) ? 1 : 0;
    int[][] longer = Arrays.copyOf(table, number + 1);
    longer[number] = row;
    table = longer;
    exhausted |= number >= MAX_STATES;
    return number;
  }
}
