package io.logcaster.record;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link BytesPredicate} knows about all texts of a {@link TextShape}: that all pass, that
 * none passes, that it depends on the content of some gaps, or nothing.
 */
public final class Verdict {

  /** Every text of the shape passes. */
  public static final Verdict YES = new Verdict(null, true);

  /** No text of the shape passes. */
  public static final Verdict NO = new Verdict(List.of(), true);

  /** Each text must be tested. */
  public static final Verdict UNKNOWN = new Verdict(null, false);

  /** With more ways, testing each text is as cheap. */
  private static final int MAX_WAYS = 64;

  private final @Nullable List<List<GapCondition>> ways;

  private final boolean exact;

  private final @Nullable Walk walk;

  private Verdict(@Nullable List<List<GapCondition>> ways, boolean exact) {
    this(ways, exact, null);
  }

  private Verdict(@Nullable List<List<GapCondition>> ways, boolean exact, @Nullable Walk walk) {
    this.ways = ways;
    this.exact = exact;
    this.walk = walk;
  }

  /**
   * A test of one text after the other that needs only the content of some gaps. A walk begins at
   * {@link #start} and asks for the content of the gap at its place, which leads to the next place,
   * until it is decided. Not thread-safe.
   */
  public interface Walk {

    /** A place at which a text has passed. */
    long PASSED = -1;

    /** A place at which a text has failed. */
    long FAILED = -2;

    /** A place at which the walk gives up, so that the text itself must be tested. */
    long GIVEN_UP = -3;

    /** The first place. Negative places are the three constants. */
    long start();

    /** The gap whose content a place asks for. */
    int gap(long place);

    /** The place that the content of the gap leads to. Gaps never come twice or out of order. */
    long next(long place, byte[] bytes, int from, int to);
  }

  /**
   * A condition on the content of one gap.
   *
   * @param gap the gap's index
   * @param equal the only content that passes; null if several may pass
   * @param test decides whether a content passes
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  public record GapCondition(int gap, byte @Nullable [] equal, BytesPredicate test) {}

  /** A text passes if it meets all conditions of at least one way. */
  public static Verdict anyOf(List<List<GapCondition>> ways) {
    return of(ways, true);
  }

  /** Only a text that meets all conditions of at least one way can pass; it must be tested. */
  public static Verdict onlyIfAnyOf(List<List<GapCondition>> ways) {
    return of(ways, false);
  }

  /** The same verdict, with a walk by which texts can be tested if it is not exact. */
  public Verdict testedBy(Walk quicker) {
    return exact ? this : new Verdict(ways, false, quicker);
  }

  private static Verdict of(List<List<GapCondition>> ways, boolean exact) {
    return (ways.size() > MAX_WAYS) ? UNKNOWN : ways.isEmpty() ? NO : new Verdict(ways, exact);
  }

  public static Verdict of(boolean passes) {
    return passes ? YES : NO;
  }

  /** The alternative ways to pass; empty for the three constants. */
  public List<List<GapCondition>> ways() {
    return (ways == null) ? List.of() : ways;
  }

  /**
   * Whether the verdict is final. If not, texts must be tested: those that meet a way, or all of
   * them if there are no ways.
   */
  public boolean isExact() {
    return exact;
  }

  /** How to test texts without assembling them; null if they have to be assembled. */
  public @Nullable Walk walk() {
    return walk;
  }

  /** The verdict for texts that pass this or another predicate. */
  public Verdict or(Verdict other) {
    if (this == YES || other == YES) {
      return YES;
    }
    if (ways == null || other.ways == null) {
      return UNKNOWN;
    }
    List<List<GapCondition>> all = new ArrayList<>(ways);
    all.addAll(other.ways);
    return of(all, exact && other.exact);
  }

  /** The verdict for texts that pass both this and another predicate. */
  public Verdict and(Verdict other) {
    if (this == NO || other == NO) {
      return NO;
    }
    if (this == YES || other == YES) {
      return (this == YES) ? other : this;
    }
    if (ways == null || other.ways == null) {
      List<List<GapCondition>> known = (ways == null) ? other.ways : ways;
      return (known == null) ? UNKNOWN : of(known, false);
    }
    if (ways.size() * other.ways.size() > MAX_WAYS) {
      return of(ways, false);
    }
    List<List<GapCondition>> all = new ArrayList<>();
    for (List<GapCondition> mine : ways) {
      for (List<GapCondition> theirs : other.ways) {
        List<GapCondition> both = new ArrayList<>(mine);
        both.addAll(theirs);
        all.add(both);
      }
    }
    return of(all, exact && other.exact);
  }
}
