package io.logcaster.alert.query;

import io.logcaster.system.ProblemException;
import org.springframework.http.HttpStatus;

/** The values of all groups over all ranges do not fit into the memory meant for them. */
public final class TooManyValuesException extends ProblemException {

  private static final long serialVersionUID = 1L;

  private final double excess;

  TooManyValuesException(int groups, int count) {
    super(
        HttpStatus.BAD_REQUEST,
        "trial_too_large",
        "The query has %,d groups in this range, too many for %,d evaluations of each. Choose a shorter range or group by fewer fields."
            .formatted(groups, count));
    this.excess = (double) groups * count / ValueSeries.MAX_VALUES;
  }

  /** How many times more there are than fit. */
  public double excess() {
    return excess;
  }
}
