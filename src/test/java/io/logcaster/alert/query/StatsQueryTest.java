package io.logcaster.alert.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.query.Records;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
