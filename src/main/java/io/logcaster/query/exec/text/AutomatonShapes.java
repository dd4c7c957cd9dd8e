package io.logcaster.query.exec.text;

import io.logcaster.query.exec.text.ByteAutomaton.GapSteps;
import io.logcaster.record.BytesPredicate;
import io.logcaster.record.TextShape;
import io.logcaster.record.TextShape.Gap;
import io.logcaster.record.Verdict;
import io.logcaster.record.Verdict.GapCondition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Determines which texts of a shape an automaton accepts. A part leads from one state to one other;
 * a gap leads to every state that its bytes can reach. Most gaps lead to a single state, or to
 * states that the next part reunites, so their content does not matter. If it does, the content
 * becomes a condition, so that only the decisive variables are read. Where conditions would be too
 * many, texts are walked through: from one gap whose content matters to the next one.
 */
final class AutomatonShapes implements Verdict.Walk {

  /** A gap that leads to more states is not expressed as conditions. */
  private static final int MAX_STATES = 64;

  /** Evaluating more conditions than this costs more than assembling the text. */
  private static final int MAX_CONDITIONS = 6;

  /**
   * Texts of shapes with more gaps are tested as they are: outcomes are found by recursion, whose
   * depth is the number of gaps, and a single line of numbers may have thousands.
   */
  private static final int MAX_GAPS = 400;

  /** Lengths up to this one are followed byte by byte; any longer content may lead further. */
  private static final int MAX_COUNTED = 40;

  /**
   * Outcomes of {@link #resolve}; any other one is a position where the content of a gap matters.
   */
  private static final long ACCEPTED = PASSED;

  private static final long REFUSED = FAILED;

  /** Added to the position of a gap that leads to too many states for conditions. */
  private static final long BEYOND = 1L << 62;

  /** Outcomes of states below this one are kept in arrays; expressions seldom have more states. */
  private static final int QUICK_STATES = 256;

  private static final int FIRST_CAPACITY = 8;

  /** Instead of an outcome that is not known yet. */
  private static final long UNSET = Long.MIN_VALUE;

  private final ByteAutomaton automaton;

  private final TextShape shape;

  /** Known outcomes, by part and state. */
  private final long[] @Nullable [] resolved;

  /** Known outcomes of states that have no place in {@link #resolved}. */
  private final Map<Long, Long> others = new HashMap<>();

  /** Where each gap leads. */
  private final @Nullable GapSteps[] steps;

  private final List<List<GapCondition>> ways = new ArrayList<>();

  private int conditions;

  private boolean unknown;

  private AutomatonShapes(ByteAutomaton automaton, TextShape shape) {
    this.automaton = automaton;
    this.shape = shape;
    resolved = new long[shape.parts().size()][];
    steps = new GapSteps[shape.gaps().size()];
  }

  static Verdict judge(ByteAutomaton automaton, TextShape shape) {
    return (shape.gaps().size() > MAX_GAPS)
        ? Verdict.UNKNOWN
        : new AutomatonShapes(automaton, shape).judge();
  }

  private Verdict judge() {
    long outcome = resolve(0, automaton.first());
    if (outcome == ACCEPTED) {
      return Verdict.YES;
    }
    follow(outcome, List.of());
    return unknown ? Verdict.UNKNOWN.testedBy(this) : Verdict.anyOf(ways);
  }

  @Override
  public long start() {
    return resolve(0, automaton.first());
  }

  @Override
  public int gap(long place) {
    return (int) ((place & ~BEYOND) >>> Integer.SIZE);
  }

  @Override
  public long next(long place, byte[] bytes, int from, int to) {
    int reached = automaton.run(state(place), bytes, from, to);
    if (reached == ByteAutomaton.FOUND) {
      return PASSED;
    }
    return automaton.isExhausted() ? GIVEN_UP : resolve(gap(place) + 1, reached);
  }

  /** Adds the ways to accept that start at an outcome reached under some conditions. */
  private void follow(long outcome, List<GapCondition> before) {
    if (outcome == REFUSED || unknown) {
      return;
    }
    conditions += before.size();
    if (outcome == ACCEPTED && conditions <= MAX_CONDITIONS) {
      ways.add(before);
      return;
    }
    if (conditions > MAX_CONDITIONS || (outcome & BEYOND) != 0) {
      unknown = true;
      return;
    }
    int gap = gap(outcome);
    int state = state(outcome);
    Map<Long, List<Integer>> classes = new HashMap<>();
    for (int next : through(gap, state)) {
      classes.computeIfAbsent(resolve(gap + 1, next), (key) -> new ArrayList<>()).add(next);
    }
    classes.forEach(
        (then, states) -> {
          List<GapCondition> longer = new ArrayList<>(before);
          longer.add(new GapCondition(gap, null, leading(state, states)));
          follow(then, longer);
        });
  }

  /** Contents that lead from a state to one of some others. */
  private BytesPredicate leading(int state, List<Integer> states) {
    int[] wanted = states.stream().mapToInt(Integer::intValue).toArray();
    return (bytes, from, to) -> {
      int reached = automaton.run(state, bytes, from, to);
      for (int one : wanted) {
        if (one == reached) {
          return true;
        }
      }
      return false;
    };
  }

  /** Follows a state before a part for as long as the content of gaps does not matter. */
  private long resolve(int part, int state) {
    if (state >= QUICK_STATES) {
      long key = place(part, state);
      Long known = others.get(key);
      if (known == null) {
        known = advance(part, state);
        others.put(key, known);
      }
      return known;
    }
    long[] outcomes = outcomes(part, state);
    if (outcomes[state] == UNSET) {
      outcomes[state] = advance(part, state);
    }
    return outcomes[state];
  }

  private long[] outcomes(int part, int state) {
    long[] known = resolved[part];
    int length = (known == null) ? 0 : known.length;
    if (known != null && state < length) {
      return known;
    }
    int longer = Math.max(FIRST_CAPACITY, Integer.highestOneBit(state) * 2);
    long[] outcomes = (known == null) ? new long[longer] : Arrays.copyOf(known, longer);
    Arrays.fill(outcomes, length, longer, UNSET);
    resolved[part] = outcomes;
    return outcomes;
  }

  /** The states that a gap leads to from a state; more than the limit if there are many. */
  private int[] through(int gap, int state) {
    GapSteps known = steps[gap];
    if (known == null) {
      known = automaton.steps(shape.gaps().get(gap));
      steps[gap] = known;
    }
    int[] next = known.get(state);
    if (next == null) {
      next = reach(shape.gaps().get(gap), state);
      known.put(state, next);
    }
    return next;
  }

  private long advance(int part, int state) {
    byte[] text = shape.parts().get(part);
    int after = automaton.run(state, text, 0, text.length);
    if (after == ByteAutomaton.FOUND) {
      return ACCEPTED;
    }
    if (part == shape.gaps().size()) {
      return automaton.acceptsAtEnd(after) ? ACCEPTED : REFUSED;
    }
    int[] next = through(part, after);
    if (next.length > MAX_STATES) {
      return place(part, after) | BEYOND;
    }
    long outcome = resolve(part + 1, next[0]);
    for (int i = 1; i < next.length; i++) {
      if (resolve(part + 1, next[i]) != outcome) {
        return place(part, after);
      }
    }
    return outcome;
  }

  private static long place(int gap, int state) {
    return (long) gap << Integer.SIZE | state;
  }

  private static int state(long place) {
    return (int) place;
  }

  /** The states that the contents of a gap can lead to; more than the limit if there are many. */
  private int[] reach(Gap gap, int state) {
    int[] all = (gap.minLength() == 0) ? new int[] {state} : new int[0];
    int[] reached = {state};
    for (int length = 1; length <= gap.maxLength(); length++) {
      int[] next = new int[0];
      for (int from : reached) {
        next = union(next, automaton.successors(from, gap.alphabet()));
      }
      int known = all.length;
      if (length >= gap.minLength()) {
        all = union(all, next);
      }
      boolean settled = length >= gap.minLength() && all.length == known;
      if ((settled && Arrays.equals(next, reached)) || all.length > MAX_STATES) {
        break;
      }
      reached = next;
      if (length == MAX_COUNTED) {
        return closure(gap, union(all, reached));
      }
    }
    return all;
  }

  /** The states that any further content leads to, except those already reached. */
  private int[] closure(Gap gap, int[] states) {
    int[] all = states;
    for (int i = 0; i < all.length && all.length <= MAX_STATES; ) {
      int[] longer = union(all, automaton.successors(all[i], gap.alphabet()));
      i = (longer.length == all.length) ? i + 1 : 0;
      all = longer;
    }
    return all;
  }

  /** Merges two sorted sets. */
  private static int[] union(int[] a, int[] b) {
    if (a.length == 0 || b.length == 0) {
      return (a.length == 0) ? b : a;
    }
    int[] merged = new int[a.length + b.length];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < a.length || j < b.length) {
      int next = (j == b.length || (i < a.length && a[i] <= b[j])) ? a[i] : b[j];
      i += (i < a.length && a[i] == next) ? 1 : 0;
      j += (j < b.length && b[j] == next) ? 1 : 0;
      merged[size++] = next;
    }
    return (size == a.length) ? a : Arrays.copyOf(merged, size);
  }
}
