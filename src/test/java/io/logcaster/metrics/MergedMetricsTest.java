package io.logcaster.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.logcaster.metrics.MergedMetrics.Member;
import io.logcaster.metrics.MetricsSnapshot.Buffer;
import io.logcaster.metrics.MetricsSnapshot.Counts;
import io.logcaster.metrics.MetricsSnapshot.Host;
import io.logcaster.metrics.MetricsSnapshot.InputCounts;
import io.logcaster.metrics.MetricsSnapshot.NodeFigures;
import io.logcaster.metrics.MetricsSnapshot.Rates;
import io.logcaster.metrics.MetricsSnapshot.Reasons;
import io.logcaster.metrics.MetricsSnapshot.Storage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.json.JsonMapper;

/** The figures of several nodes as those of one. */
@Execution(ExecutionMode.CONCURRENT)
class MergedMetricsTest {

  private static MetricsSnapshot figures(long n) {
    return new MetricsSnapshot(
        Instant.parse("2026-11-30T10:00:00Z"),
        new Counts(n, n - 1, 1, 0, 0),
        new Rates(n / 10.0, n / 10.0, 0, 0, 0),
        new Reasons(Map.of(), Map.of("time_out_of_range", n), Map.of()),
        Map.of("INFO", n),
        List.of(new InputCounts("tcp", n, n, 0, 0, 0, n, Map.of("cut", n), null)),
        2,
        new Buffer(n, 100),
        new Storage(n, n * 10, n * 100),
        Host.of(null),
        new MetricsSnapshot.Alerts((int) n, 0),
        null);
  }

  private static Member member(String node, @Nullable String error, boolean shared, long n) {
    return new Member(node, error, shared, figures(n));
  }

  @Test
  void figures_ofSeveralNodes_areTheirSums_andEachIsThere() {
    MetricsSnapshot merged =
        MergedMetrics.of(List.of(member("a", null, false, 10), member("b", null, false, 7)));

    assertThat(merged.totals()).isEqualTo(new Counts(17, 15, 2, 0, 0));
    assertThat(merged.rates().received()).isEqualTo(1.7);
    assertThat(merged.reasons().rejected()).containsEntry("time_out_of_range", 17L);
    assertThat(merged.levels()).containsEntry("INFO", 17L);
    assertThat(merged.connections()).isEqualTo(4);
    assertThat(merged.storage()).isEqualTo(new Storage(17, 170, 700));
    assertThat(merged.alerts()).as("of the own control database").isEqualTo(figures(10).alerts());
    assertThat(merged.inputs())
        .extracting(InputCounts::node, InputCounts::received)
        .containsExactly(tuple("a", 10L), tuple("b", 7L));
    assertThat(merged.nodes()).extracting(NodeFigures::node).containsExactly("a", "b");
  }

  @Test
  void nodeThatIsAway_keepsItsTotals_addsNoRate_andIsNamed() {
    MetricsSnapshot merged =
        MergedMetrics.of(
            List.of(member("a", null, false, 10), member("b", "it cannot be reached", false, 7)));

    assertThat(merged.totals().received()).isEqualTo(17);
    assertThat(merged.rates().received()).isEqualTo(1.0);
    assertThat(merged.connections()).isEqualTo(2);
    assertThat(merged.nodes())
        .extracting(NodeFigures::error)
        .containsExactly(null, "it cannot be reached");
  }

  @Test
  void storage_thatNodesShare_countsOnce() {
    MetricsSnapshot merged =
        MergedMetrics.of(
            List.of(
                member("a", null, true, 10),
                member("b", null, true, 11),
                member("c", null, false, 5)));

    assertThat(merged.storage()).isEqualTo(new Storage(16, 160, 500));
  }

  @Test
  void figures_surviveTheWayBetweenNodes() {
    JsonMapper json = new JsonMapper();
    NodeMetrics.Answer answer = new NodeMetrics.Answer("id", "b", false, figures(7));

    assertThat(json.readValue(json.writeValueAsString(answer), NodeMetrics.Answer.class))
        .isEqualTo(answer);
  }
}
