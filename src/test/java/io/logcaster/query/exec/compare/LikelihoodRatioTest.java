package io.logcaster.query.exec.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LikelihoodRatioTest {

  @Test
  void score_isTheLogLikelihoodRatio() {
    // Computed by hand: 2 * (30 ln(30/20) + 10 ln(10/20) + 70 ln(70/80) + 90 ln(90/80)).
    assertThat(LikelihoodRatio.score(30, 100, 10, 100)).isCloseTo(12.97, within(0.02));
    assertThat(LikelihoodRatio.score(10, 100, 30, 100))
        .isCloseTo(LikelihoodRatio.score(30, 100, 10, 100), within(1e-9));
  }

  @Test
  void score_ofEqualShares_isZero_whateverTheLengthOfTheRanges() {
    assertThat(LikelihoodRatio.score(10, 1_000, 100, 10_000)).isCloseTo(0, within(1e-9));
    assertThat(LikelihoodRatio.score(0, 0, 100, 10_000)).isCloseTo(0, within(1e-9));
    assertThat(LikelihoodRatio.score(7, 7, 7, 7)).isCloseTo(0, within(1e-9));
  }

  @Test
  void score_growsWithTheNumberOfRecords() {
    assertThat(LikelihoodRatio.score(300, 1_000, 100, 1_000))
        .isCloseTo(10 * LikelihoodRatio.score(30, 100, 10, 100), within(1e-6));
  }
}
