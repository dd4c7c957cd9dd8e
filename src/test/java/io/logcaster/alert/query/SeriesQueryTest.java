package io.logcaster.alert.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.series.KeptSeries;
import io.logcaster.system.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SeriesQueryTest {

  private static final Instant TEN = Instant.parse("2026-11-30T10:00:00Z");

  /** One series with a step of a minute: a value for each of the first three minutes. */
  private static final KeptSeries SERIES =
      new KeptSeries() {
        @Override
        public Optional<Description> named(String idOrName) {
          return idOrName.equals("s1") || idOrName.equals("errors")
              ? Optional.of(
                  new Description("s1", "errors", Duration.ofMinutes(1), List.of("app"), true))
              : Optional.empty();
        }

        @Override
        public List<Points> between(String id, Instant after, Instant until) {
          TreeMap<Instant, Double> points = new TreeMap<>();
          for (int minute = 1; minute <= 3; minute++) {
            Instant end = TEN.plusSeconds(60L * minute);
            if (end.isAfter(after) && !end.isAfter(until)) {
              points.put(end, 10.0 * minute);
            }
          }
          return points.isEmpty() ? List.of() : List.of(new Points(Map.of("app", "shop"), points));
        }

        @Override
        public void onValues(Consumer<String> listener) {
          throw new UnsupportedOperationException();
        }
      };

  private final SeriesQuery query = SeriesQuery.compile(SERIES, "series:errors");

  @Test
  void isSeries_ofOtherQueries_isFalse() {
    assertThat(SeriesQuery.isSeries("series:s1")).isTrue();
    assertThat(SeriesQuery.isSeries("series:s1 | stats count() value")).isFalse();
    assertThat(SeriesQuery.isSeries("error | stats count() value")).isFalse();
  }

  @Test
  void compile_ofAnUnknownSeries_saysSo() {
    assertThatThrownBy(() -> SeriesQuery.compile(SERIES, "series:other"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("'other'");
  }

  @Test
  void checkWindow_ofLessThanTwoSteps_isRefused() {
    query.checkWindow(Duration.ofMinutes(2));
    assertThatThrownBy(() -> query.checkWindow(Duration.ofSeconds(119)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("two steps");
  }

  @Test
  void ask_givesTheLastValueWhoseStepEndedInTheWindow() throws IOException {
    assertThat(query.ask(TEN, TEN.plusSeconds(125)))
        .containsExactly(new GroupValue(Map.of("app", "shop"), 20));
    assertThat(query.ask(TEN.plusSeconds(180), TEN.plusSeconds(300))).isEmpty();
  }

  @Test
  void series_givesTheLastValueOfEachRange() throws IOException {
    ValueSeries found = query.series(TEN, 4, Duration.ofSeconds(30)).getFirst();
    assertThat(found.values()).containsExactly(Double.NaN, 10, Double.NaN, 20);
    assertThat(query.series(TEN, 2, Duration.ofMinutes(2)).getFirst().values())
        .containsExactly(20, 30);
    ValueSeries presence =
        query.presence((text) -> query).series(TEN, 4, Duration.ofSeconds(30)).getFirst();
    assertThat(presence.values()).containsExactly(0, 1, 0, 1);
  }
}
