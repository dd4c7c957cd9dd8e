package io.logcaster.record;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link BytesPredicate} can tell of all texts of a {@link TextShape}: that they pass, that
 * they do not, that it depends on what stands in some gaps, or nothing.
 */
public final class Verdict {

  /** Every text of the shape passes. */
  public static final Verdict YES = new Verdict(null);

  /** None passes. */
  public static final Verdict NO = new Verdict(List.of());

  /** The texts have to be looked at. */
  public static final Verdict UNKNOWN = new Verdict(null);

  /** With more ways, looking at the texts is no dearer. */
  private static final int MAX_WAYS = 64;

  private final @Nullable List<List<GapTest>> ways;

  private Verdict(@Nullable List<List<GapTest>> ways) {
    this.ways = ways;
  }

  /**
   * A condition on the content of one gap.
   *
   * @param gap the gap's index
   * @param equal the only content that passes, null where there may be several
   * @param test decides of a content
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  public record GapTest(int gap, byte @Nullable [] equal, BytesPredicate test) {}

  /** Texts pass that meet all conditions of at least one way. */
  public static Verdict anyOf(List<List<GapTest>> ways) {
    return (ways.size() > MAX_WAYS) ? UNKNOWN : ways.isEmpty() ? NO : new Verdict(ways);
  }

  public static Verdict of(boolean passes) {
    return passes ? YES : NO;
  }

  /** The ways to pass, of which one is enough; none for the three constants. */
  public List<List<GapTest>> ways() {
    return (ways == null) ? List.of() : ways;
  }

  /** What is to be said of texts that pass this or another predicate. */
  public Verdict or(Verdict other) {
    if (this == YES || other == YES) {
      return YES;
    }
    if (ways == null || other.ways == null) {
      return UNKNOWN;
    }
    List<List<GapTest>> all = new ArrayList<>(ways);
    all.addAll(other.ways);
    return anyOf(all);
  }

  /** What is to be said of texts that pass both this and another predicate. */
  public Verdict and(Verdict other) {
    if (this == NO || other == NO) {
      return NO;
    }
    if (this == YES || other == YES) {
      return (this == YES) ? other : this;
    }
    if (ways == null || other.ways == null || ways.size() * other.ways.size() > MAX_WAYS) {
      return UNKNOWN;
    }
    List<List<GapTest>> all = new ArrayList<>();
    for (List<GapTest> mine : ways) {
      for (List<GapTest> theirs : other.ways) {
        List<GapTest> both = new ArrayList<>(mine);
        both.addAll(theirs);
        all.add(both);
      }
    }
    return anyOf(all);
  }
}
