package io.logcaster.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.work.HeapShare.When;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapShareTest {

  @ParameterizedTest
  @CsvSource({"96, DECODED, 10", "256, DECODED, 42", "1024, MERGE, 245", "32, MERGE, 2"})
  void share_ofAHeap_isAPercentageOfWhatTheServerLeaves(long heap, HeapShare share, long expected) {
    assertThat(share.bytes(heap << 20) >> 20).isEqualTo(expected);
  }

  @Test
  void shares_thatFillUpTogether_areTheWholeHeapAtMost() {
    assertThat(sum(When.TOGETHER)).isLessThanOrEqualTo(100);
  }

  @Test
  void merge_inAQuietMoment_takesThePlaceOfIngest() {
    int ingest = HeapShare.DECODED.percent + HeapShare.MESSAGES.percent + HeapShare.WAITING.percent;

    assertThat(sum(When.QUIET)).isLessThanOrEqualTo(ingest);
  }

  @Test
  void segments_ofTheirShare_areThree() {
    assertThat(HeapShare.SEGMENTS.percent).isEqualTo(3 * HeapShare.SEGMENT.percent);
  }

  private static int sum(When when) {
    return Arrays.stream(HeapShare.values())
        .filter((share) -> share.when == when)
        .mapToInt((share) -> share.percent)
        .sum();
  }
}
