package io.logcaster.alert.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.query.Records;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatsQueryTest {

  private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");

  private static final Records RECORDS =
      new Records()
          .add(Map.of("took", "2.5s", "size", "10KiB", "user", "ann", "n", "3"))
          .add(Map.of("took", "900ms", "size", "2MB", "user", "bob", "n", "-1.5"));

  private static List<GroupValue> ask(String query) throws IOException {
    return StatsQuery.compile(RECORDS.engine(), query)
        .ask(START, START.plus(Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @CsvSource({
    "max(took), 2500000000",
    "min(took), 900000000",
    "'quantile(0.9, took)', 2500000000",
    "max(size), 2000000",
    "sum(took), 3400000000",
    "min(n), -1.5",
    "count(), 2",
    "max(_time), 1772600768000000000"
  })
  void value_isReadAsInQueries(String function, double expected) throws IOException {
    assertThat(ask("* | stats " + function + " value"))
        .containsExactly(new GroupValue(Map.of(), expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max(user)|bob",
        "row_any(user)|{\"user\":\"ann\"}",
        "uniq_values(n)|[\"-1.5\",\"3\"]"
      })
  void valueThatIsNotANumber_isReturnedAsText(String function, String text) throws IOException {
    assertThat(ask("* | stats " + function + " value"))
        .containsExactly(new GroupValue(Map.of(), Double.NaN, text));
  }

  @Test
  void missingValue_hasNoText() throws IOException {
    assertThat(ask("nothing | stats max(took) value")).isEmpty();
    assertThat(ask("nothing | stats sum(took) value"))
        .containsExactly(new GroupValue(Map.of(), Double.NaN));
  }

  @Test
  void growsWithRecords_holdsOnlyForCounts() {
    assertThat(compile("count() value").growsWithRecords()).isTrue();
    assertThat(compile("count_uniq(user) value").growsWithRecords()).isTrue();
    assertThat(compile("min(n) value").growsWithRecords()).isFalse();
    assertThat(compile("sum(n) value, count() other").growsWithRecords()).isFalse();
  }

  private static AlertQuery compile(String functions) {
    return StatsQuery.compile(RECORDS.engine(), "* | stats " + functions);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* | stats count() value",
        "* | stats by (app) count() value",
        "n:>2 | stats by (app, n) count() value",
        "* | stats by (n:2) count() value",
        "* | len(app) as l | stats by (l) count() value",
        "* | stats by (app) sum(n) value",
        "* | stats by (app) max(n) value",
        "* | stats by (app) count() if (n:<3) value"
      })
  void series_hasTheValuesOfSingleRanges(String text) throws IOException {
    Random random = new Random(text.hashCode());
    Records records = new Records();
    for (int i = 0; i < 400; i++) {
      Map<String, String> record = new HashMap<>();
      record.put("_time", START.plusMillis(random.nextInt(700_000)).toString());
      record.put("n", Integer.toString(random.nextInt(5)));
      if (random.nextInt(4) > 0) {
        record.put("app", "app" + random.nextInt(3));
      }
      records.add(record);
    }
    StatsQuery query = StatsQuery.compile(records.engine(), text);
    AlertQuery single =
        new AlertQuery() {
          @Override
          public List<GroupValue> ask(Instant from, Instant to) throws IOException {
            return query.ask(from, to);
          }
        };
    Instant start = START.minusMillis(2_500);
    Duration step = Duration.ofSeconds(2);

    List<String> series = printed(query.series(start, 300, step));

    assertThat(series).isNotEmpty().isEqualTo(printed(single.series(start, 300, step)));
  }

  private static List<String> printed(List<ValueSeries> all) {
    List<String> lines = new ArrayList<>();
    for (ValueSeries series : all) {
      double[] values = series.values().clone();
      for (int i = 0; i < values.length; i++) {
        // A group without fields has the value 0 where it is asked for alone.
        values[i] = values[i] == 0 && series.labels().isEmpty() ? Double.NaN : values[i];
      }
      lines.add(series.labels() + " " + Arrays.toString(values));
    }
    return lines.stream().sorted().toList();
  }

  @Test
  void series_thatCountsRecords_hasTheirNumbers() throws IOException {
    AlertQuery query = StatsQuery.compile(RECORDS.engine(), "* | stats count() value");
    List<ValueSeries> counted = query.countingRecords().series(START, 4, Duration.ofMillis(500));
    assertThat(counted).hasSize(1);
    assertThat(counted.getFirst().records()).containsExactly(1, 0, 1, 0);
    assertThat(query.series(START, 4, Duration.ofMillis(500)).getFirst().records()).isEmpty();
  }

  @Test
  void series_ofMoreGroupsThanFitIntoMemory_isRefused() {
    Records records = new Records();
    for (int i = 0; i < 600; i++) {
      records.add(Map.of("user", "u" + i));
    }
    for (String function : List.of("count() value", "sum(user) value")) {
      StatsQuery query = StatsQuery.compile(records.engine(), "* | stats by (user) " + function);
      assertThatThrownBy(() -> query.series(START, 10_000, Duration.ofSeconds(1)))
          .isInstanceOf(TooManyValuesException.class)
          .hasMessageContaining("trial_too_large");
    }
  }
}
