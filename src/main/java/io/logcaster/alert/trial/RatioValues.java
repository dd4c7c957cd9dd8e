package io.logcaster.alert.trial;

import org.jspecify.annotations.Nullable;

/** The quotients of a group of a rule of kind {@code ratio}. */
final class RatioValues implements StepValues {

  private final SlidingValues total;
  private final @Nullable SlidingValues parts;
  private final double missing;

  /**
   * @param parts null if the group has none
   * @param missing the part where it has no value
   */
  RatioValues(SlidingValues total, @Nullable SlidingValues parts, double missing) {
    this.total = total;
    this.parts = parts;
    this.missing = missing;
  }

  /** The dividend. */
  double part(int index) {
    double value = parts == null ? Double.NaN : parts.value(index);
    return Double.isNaN(value) ? missing : value;
  }

  @Override
  public double value(int index) {
    double divisor = total.value(index);
    return divisor == 0 ? Double.NaN : part(index) / divisor;
  }

  @Override
  public long records(int index) {
    return total.records(index);
  }
}
