package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.query.exec.budget.ScanCounts;
import io.logcaster.storage.ScanTrace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartialAnswerTest {

  @Test
  void away_isWhatMayAnswerLater_andNotWhatIsDamaged() {
    String tier = "segments/1: " + ScanTrace.OUT_OF_REACH + "timed out";
    ScanCounts counts = new ScanCounts();
    List.of("segments/2: wrong checksum", "node b: refused", tier, "http://c: wrong checksum")
        .forEach(counts.trace()::damaged);
    List<String> away = new ArrayList<>();

    PartialAnswer.away(counts, away::add);

    assertThat(away).containsExactly("node b: refused", tier);
  }
}
