package io.logcaster.query.exec.compare;

/**
 * How surprising it is that a thing has another share of the records here than there: the
 * log-likelihood ratio G² (Dunning, "Accurate Methods for the Statistics of Surprise and
 * Coincidence", Computational Linguistics 19, 1993), about how unlikely the two counts are if the
 * share is the same. It is comparable between rare and frequent things.
 */
public final class LikelihoodRatio {

  /** The 99.9th percentile of the chi-squared distribution with one degree of freedom. */
  private static final double SIGNIFICANT = 10.83;

  /** Among millions of records even a change by a hundredth is significant, but of no interest. */
  private static final double MIN_RATIO = 1.25;

  private LikelihoodRatio() {}

  /** The log-likelihood ratio of {@code a} of {@code n} and {@code b} of {@code m}. */
  public static double score(long a, long n, long b, long m) {
    double share = (double) (a + b) / Math.max(1, n + m);
    return 2
        * (term(a, n * share)
            + term(b, m * share)
            + term(n - a, n * (1 - share))
            + term(m - b, m * (1 - share)));
  }

  private static double term(long observed, double expected) {
    return (observed == 0) ? 0 : observed * Math.log(observed / expected);
  }

  /** One share divided by the other, each with half a record added, so that it is finite. */
  public static double ratio(long a, long n, long b, long m) {
    return ((a + 0.5) / (n + 1.0)) / ((b + 0.5) / (m + 1.0));
  }

  /** Whether a difference is beyond chance, which one in a thousand is not, and large enough. */
  public static boolean isChange(double score, double ratio) {
    return score >= SIGNIFICANT && Math.max(ratio, 1 / ratio) >= MIN_RATIO;
  }
}
