package io.logcaster.work;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapShareTest {

  @ParameterizedTest
  @CsvSource({"96, 20, 10", "256, 20, 42", "256, 100, 212", "1024, 25, 245", "32, 50, 4"})
  void share_ofAHeap_isAPercentageOfWhatTheServerLeaves(long heap, int percent, long expected) {
    assertThat(HeapShare.of(heap << 20, percent) >> 20).isEqualTo(expected);
  }
}
