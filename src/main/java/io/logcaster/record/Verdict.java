package io.logcaster.record;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link BytesPredicate} can tell of all texts of a {@link TextShape}: that they pass, that
 * they do not, that it depends on the content of some gaps, or nothing.
 */
public final class Verdict {

  /** Every text of the shape passes. */
  public static final Verdict YES = new Verdict(null, true);

  /** None passes. */
  public static final Verdict NO = new Verdict(List.of(), true);

  /** The texts have to be tested. */
  public static final Verdict UNKNOWN = new Verdict(null, false);

  /** With more ways, testing the texts costs no more. */
  private static final int MAX_WAYS = 64;

  private final @Nullable List<List<GapCondition>> ways;

  private final boolean exact;

  private Verdict(@Nullable List<List<GapCondition>> ways, boolean exact) {
    this.ways = ways;
    this.exact = exact;
  }

  /**
   * A condition on the content of one gap.
   *
   * @param gap the gap's index
   * @param equal the only content that passes, null where there may be several
   * @param test decides of a content
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  public record GapCondition(int gap, byte @Nullable [] equal, BytesPredicate test) {}

  /** Texts pass that meet all conditions of at least one way. */
  public static Verdict anyOf(List<List<GapCondition>> ways) {
    return of(ways, true);
  }

  private static Verdict of(List<List<GapCondition>> ways, boolean exact) {
    return (ways.size() > MAX_WAYS) ? UNKNOWN : ways.isEmpty() ? NO : new Verdict(ways, exact);
  }

  public static Verdict of(boolean passes) {
    return passes ? YES : NO;
  }

  /** The ways to pass, of which one is enough; none for the three constants. */
  public List<List<GapCondition>> ways() {
    return (ways == null) ? List.of() : ways;
  }

  /**
   * Whether the verdict decides by itself. Otherwise texts have to be tested: those that meet a
   * way, or all of them where there is none.
   */
  public boolean isExact() {
    return exact;
  }

  /** What is known of texts that pass this or another predicate. */
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

  /** What is known of texts that pass both this and another predicate. */
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
