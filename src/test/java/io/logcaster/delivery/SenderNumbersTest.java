package io.logcaster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Seeds;
import io.logcaster.delivery.SenderId.Protocol;
import io.logcaster.delivery.Spans.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SenderNumbersTest {

  private static final Instant NOON = Instant.parse("2026-11-30T10:02:00Z");
  private static final SenderId WEB = new SenderId(Protocol.JOURNAL, "web-12");

  private final SenderNumbers numbers = new SenderNumbers(WEB, NOON);

  private void arrive(long from, long to, int minute) {
    numbers.arrive(
        List.of(new Span(from, to)), to - from + 1, NOON.plus(Duration.ofMinutes(minute)));
  }

  private List<Gap> gaps() {
    return numbers.certain(NOON.plus(Duration.ofDays(1)), Duration.ZERO);
  }

  private static List<String> ranges(List<Gap> gaps) {
    return gaps.stream().map((gap) -> gap.from() + "-" + gap.to()).toList();
  }

  @Test
  void arrive_afterNumbersThatDidNotCome_namesTheGapAndItsTimes() {
    arrive(1, 100, 0);
    arrive(138, 200, 3);

    assertThat(gaps()).hasSize(1);
    assertThat(DeliveryView.text(WEB, gaps().getFirst()))
        .isEqualTo(
            "web-12: 37 records missing between 2026-11-30T10:02:00Z and 2026-11-30T10:05:00Z");
  }

  @Test
  void arrive_inAnotherOrder_closesTheGap() {
    arrive(1, 10, 0);
    arrive(21, 30, 1);
    arrive(14, 16, 2);

    assertThat(ranges(gaps())).containsExactly("11-13", "17-20");

    arrive(17, 20, 3);
    arrive(11, 13, 3);

    assertThat(gaps()).isEmpty();
    assertThat(numbers.state().received()).isEqualTo(30);
  }

  @Test
  void arrive_again_isCountedAsRepeated() {
    arrive(1, 10, 0);
    arrive(5, 12, 1);

    assertThat(gaps()).isEmpty();
    assertThat(numbers.state().received()).isEqualTo(12);
    assertThat(numbers.state().repeated()).isEqualTo(6);
  }

  /** A sender that comes back at once continues before its last delivery was counted. */
  @Test
  void arrive_afterTheSenderContinuedFromIt_isCountedOnce() {
    numbers.continueAfter(3);
    arrive(1, 3, 0);
    arrive(3, 3, 0);

    assertThat(numbers.state().received()).isEqualTo(3);
    assertThat(numbers.state().repeated()).isEqualTo(1);
  }

  @Test
  void arrive_firstOfAll_isNoGapWhereverItBegins() {
    arrive(5_000, 5_010, 0);

    assertThat(gaps()).isEmpty();
  }

  @Test
  void arrive_belowTheFirst_extendsTheKnownRange() {
    arrive(101, 200, 0);
    arrive(51, 90, 1);

    assertThat(ranges(gaps())).containsExactly("91-100");
    assertThat(numbers.state().first()).isEqualTo(51);
  }

  @Test
  void restart_keepsOldGapsAndBeginsAnew() {
    arrive(1, 10, 0);
    arrive(13, 20, 1);
    numbers.restart(NOON.plus(Duration.ofMinutes(2)));
    arrive(1, 5, 3);

    assertThat(ranges(gaps())).containsExactly("11-12");
    assertThat(numbers.state().restarts()).isEqualTo(1);
    assertThat(numbers.gapOf(11)).isNull();
  }

  @Test
  void skip_thenTheFramesAfterAll_leavesNoGap() {
    arrive(1, 10, 0);
    numbers.skip(10, List.of(new Span(13, 13)), NOON);
    arrive(11, 13, 1);

    assertThat(gaps()).isEmpty();
    assertThat(numbers.state().received()).isEqualTo(13);
  }

  @Test
  void skip_repeatedAfterAReconnect_countsOnce() {
    arrive(1, 10, 0);
    numbers.skip(10, List.of(new Span(13, 13)), NOON);
    numbers.skip(10, List.of(new Span(13, 15)), NOON);
    arrive(13, 15, 1);

    assertThat(ranges(gaps())).containsExactly("11-12");
  }

  @Test
  void gaps_youngerThanTheGrace_areNotCertain() {
    arrive(1, 10, 0);
    arrive(12, 20, 1);
    Instant found = NOON.plus(Duration.ofMinutes(1));

    assertThat(numbers.certain(found.plusSeconds(9), Duration.ofSeconds(10))).isEmpty();
    assertThat(numbers.certain(found.plusSeconds(10), Duration.ofSeconds(10))).hasSize(1);
  }

  @Test
  void gaps_beyondTheLimit_areJoinedWithExactCounts() {
    for (int i = 0; i < 1_000; i++) {
      long number = i * 2L + 1;
      arrive(number, number, i);
    }

    assertThat(gaps()).hasSizeLessThanOrEqualTo(SenderNumbers.MAX_GAPS);
    assertThat(gaps().stream().mapToLong(Gap::count).sum()).isEqualTo(999);
    assertThat(gaps().getFirst().isExact()).isFalse();
    assertThat(gaps().getLast().isExact()).isTrue();
  }

  @Test
  void restored_afterAKill_doubtsTheGapAtItsEndOnly() {
    arrive(1, 10, 0);
    SenderNumbers restored = SenderNumbers.of(numbers.state(), true);
    restored.arrive(List.of(new Span(21, 30)), 10, NOON);

    Gap doubt = restored.unverified();
    assertThat(doubt).isNotNull();
    assertThat(restored.certain(NOON.plusSeconds(60), Duration.ZERO)).isEmpty();

    restored.verified(doubt, List.of(new Span(11, 17)));

    assertThat(restored.unverified()).isNull();
    assertThat(ranges(restored.certain(NOON.plusSeconds(60), Duration.ZERO)))
        .containsExactly("18-20");
  }

  @Test
  void restored_afterAnOrderlyStop_doubtsNothing() {
    arrive(1, 10, 0);
    SenderNumbers restored = SenderNumbers.of(numbers.state(), false);
    restored.arrive(List.of(new Span(21, 30)), 10, NOON);

    assertThat(ranges(restored.certain(NOON.plusSeconds(60), Duration.ZERO)))
        .containsExactly("11-20");
  }

  @Test
  void arrive_inRandomSpans_agreesWithASetOfNumbers() {
    long seed = Seeds.fresh();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      SenderNumbers tested = new SenderNumbers(WEB, NOON);
      TreeSet<Long> model = new TreeSet<>();
      long repeated = 0;
      for (int i = 0; i < 20; i++) {
        long from = random.nextLong(1, 61);
        long to = from + random.nextInt(8);
        tested.arrive(List.of(new Span(from, to)), 0, NOON);
        for (long number = from; number <= to; number++) {
          repeated += model.add(number) ? 0 : 1;
        }
        for (long number = model.first(); number <= model.last(); number++) {
          assertThat(tested.gapOf(number) == null)
              .as("%s, round %d, number %d", Seeds.told(seed), round, number)
              .isEqualTo(model.contains(number));
        }
        assertThat(tested.state().received()).as(Seeds.told(seed)).isEqualTo(model.size());
        assertThat(tested.state().repeated()).as(Seeds.told(seed)).isEqualTo(repeated);
      }
    }
  }
}
