package io.logcaster.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KnownTemplateTest {

  private static KnownTemplate template() {
    return new KnownTemplate(1, new byte[4], new FirstRecord(0, 0, new byte[8]));
  }

  @Test
  void days_keepTheLatest_inOrder() {
    Random random = new Random(3);
    for (int run = 0; run < 200; run++) {
      KnownTemplate template = template();
      TreeMap<Long, Long> counts = new TreeMap<>();
      long total = 0;
      for (int i = 0; i < 500; i++) {
        long day = random.nextInt(KnownTemplate.MAX_DAYS);
        template.add(day, i, i);
        counts.merge(day, (long) i, Long::sum);
        total += i;
      }
      counts.values().removeIf((count) -> count == 0);
      assertThat(template.count).isEqualTo(total);
      assertThat(template.countByDay().values()).containsExactlyElementsOf(counts.values());
    }
  }

  @Test
  void moreDaysThanAreKept_dropTheOldest() {
    KnownTemplate template = template();
    for (long day = 0; day < KnownTemplate.MAX_DAYS + 10; day++) {
      template.add(day, 1, day);
    }
    template.add(3, 5, 3); // older than all kept ones
    assertThat(template.countByDay()).hasSize(KnownTemplate.MAX_DAYS);
    assertThat(template.countByDay()).doesNotContainKey("1970-01-04").containsKey("1970-01-11");
    assertThat(template.count).isEqualTo(KnownTemplate.MAX_DAYS + 15L);
  }

  @Test
  void forgottenIds_areBounded_andForgetTheOldest() {
    ForgottenIds ids = new ForgottenIds();
    for (long id = 1; id <= 3L * ForgottenIds.MOST; id++) {
      ids.add(id << 32 | id);
    }
    long last = 3L * ForgottenIds.MOST;
    assertThat(ids.contains(last << 32 | last)).isTrue();
    assertThat(ids.contains(1L << 32 | 1)).isFalse();
    assertThat(ids.contains(0)).isFalse();
    assertThat(ids.all().length).isBetween(ForgottenIds.MOST / 2, ForgottenIds.MOST);
  }
}
