package io.logcaster.work;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapShareTest {

  @ParameterizedTest
  @CsvSource({"96, 20, 12", "256, 20, 44", "256, 100, 224", "1024, 25, 248", "32, 50, 4"})
  void share_ofAHeap_isAPercentageOfWhatTheServerLeaves(long heap, int percent, long expected) {
    assertThat(HeapShare.of(heap << 20, percent) >> 20).isEqualTo(expected);
  }
}
