package io.logcaster;

import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Seeds of random tests. Each run of the suite tries a seed of its own, so that the tests explore;
 * a seed that failed becomes a fixed case next to it. {@code -Dlogcaster.seed=N} repeats a run.
 *
 * <p>Properties of jqwik choose their seeds themselves and print the one that failed.
 */
public final class Seeds {

  private static final String PROPERTY = "logcaster.seed";

  private static final long FRESH =
      Long.getLong(PROPERTY, new SplittableRandom().nextLong(1_000_000_000));

  private Seeds() {}

  /** The seed of this run. */
  public static long fresh() {
    return FRESH;
  }

  /** Seeds that every run tries, and the one of this run. */
  public static LongStream with(long... fixed) {
    return LongStream.concat(LongStream.of(fixed), LongStream.of(FRESH));
  }

  /** What a failure message says about a seed: how to try it again. */
  public static String told(long seed) {
    return "seed " + seed + " (-D" + PROPERTY + "=" + seed + " repeats it)";
  }
}
