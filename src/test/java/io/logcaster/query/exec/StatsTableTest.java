package io.logcaster.query.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.query.Records;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each stats function over three records, through the real parser. */
class StatsTableTest {

  private static Records records() {
    return new Records()
        .add(
            Map.of(
                "app",
                "web",
                "n",
                "2",
                "m",
                "x",
                "d",
                "1s",
                "big",
                "9223372036854775806",
                "huge",
                "1e400",
                "ts",
                "1763556497161513791"))
        .add(
            Map.of(
                "app",
                "web",
                "n",
                "10",
                "m",
                "x",
                "d",
                "500ms",
                "big",
                "9223372036854775804",
                "huge",
                "5"))
        .add(Map.of("app", "db", "n", "-3", "s", "10KB"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          count()                    | 3
          count(m)                   | 2
          count(m, s)                | 3
          count(missing)             | 0
          count() if (n:>0)          | 2
          count_empty(m)             | 1
          count_uniq(m)              | 1
          count_uniq(app, m)         | 2
          count_uniq(n) limit 2      | 2
          count_uniq_hash(n)         | 3
          sum(n)                     | 9
          sum(n, missing)            | 9
          sum(missing)               | NaN
          sum(d)                     | 1500000000
          sum(big)                   | 18446744073709551610
          avg(big)                   | 9223372036854776000
          max(big)                   | 9223372036854775806
          sum(huge)                  | 5
          sum(ts)                    | 1763556497161513791
          sum(s)                     | 10000
          avg(n)                     | 3
          avg(m)                     | NaN
          min(n)                     | -3
          max(n)                     | 10
          max(m, n)                  | x
          median(n)                  | 2
          quantile(0, n)             | -3
          quantile(1, n)             | 10
          sum_len(m, app)            | 10
          uniq_values(n)             | ["-3","2","10"]
          uniq_values(n) limit 1     | ["-3"]
          values(m)                  | ["x","x",""]
          row_max(n, app, n)         | {"app":"web","n":"10"}
          row_min(n, s)              | {"s":"10KB"}
          row_min(missing)           | {}
          row_any(missing)           | {}
          json_values(m, n) limit 1  | [{"m":"x","n":"2"}]
          json_values(n) sort by (n) | [{"n":"-3"},{"n":"2"},{"n":"10"}]
          json_values(n) sort by (n desc) limit 2 | [{"n":"10"},{"n":"2"}]
          json_values(s) sort by (s) | [{},{},{"s":"10KB"}]
          stddev(n)                  | 5.354126134736337
          stddev(app)                | NaN
          stddev(n) if (n:2)         | 0
          any(s)                     | 10KB
          field_max(n, d)            | 500ms
          field_min(n, app)          | db
          histogram(n)               | [{"vmrange":"1.896e+00...2.154e+00","hits":1},{"vmrange":"8.799e+00...1.000e+01","hits":1}]
          rate()                     | 3
          rate_sum(n)                | 9
          """)
  void functions(String function, String expected) throws IOException {
    assertThat(records().rows("* | stats " + function + " x"))
        .containsExactly(Map.of("x", expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          count()        | 0
          rate()         | 0
          sum(n)         | NaN
          uniq_values(n) | []
          values(n)      | []
          histogram(n)   | []
          row_max(n)     | {}
          json_values(n) | []
          stddev(n)      | NaN
          """)
  void functions_overNoRows(String function, String expected) throws IOException {
    assertThat(records().rows("nothing | stats " + function + " x"))
        .containsExactly(Map.of("x", expected));
  }

  @Test
  void switches_calculateForEachCase() throws IOException {
    assertThat(
            records()
                .rows("* | stats sum(n) switch(case (app:web) w, default as rest, case (n:2) two)"))
        .containsExactly(Map.of("w", "12", "rest", "-3", "two", "2"));
    assertThat(records().rows("* | stats by (app) count() switch(default x), max(n) y"))
        .containsExactlyInAnyOrder(
            Map.of("app", "web", "x", "2", "y", "10"), Map.of("app", "db", "x", "1", "y", "-3"));
  }

  @Test
  void pickingFunctions_overNoRows_areEmpty() throws IOException {
    assertThat(records().rows("nothing | stats any(n) a, field_max(n, m) b, count() c"))
        .containsExactly(Map.of("c", "0"));
    assertThat(records().rows("* | stats field_max(nosuch, m) b, count() c"))
        .containsExactly(Map.of("c", "3"));
  }

  @Test
  void groups_areMadeOfValuesAndBuckets() throws IOException {
    assertThat(records().rows("* | stats by (app) count() c, max(n) m"))
        .containsExactlyInAnyOrder(
            Map.of("app", "web", "c", "2", "m", "10"), Map.of("app", "db", "c", "1", "m", "-3"));
    assertThat(records().rows("* | stats by (n:5) count() c"))
        .containsExactlyInAnyOrder(
            Map.of("n", "0", "c", "1"), Map.of("n", "10", "c", "1"), Map.of("n", "-5", "c", "1"));
    assertThat(records().rows("* | stats by (_time:3s offset 2s) count() c"))
        .containsExactlyInAnyOrder(Map.of("_time", "2026-03-04T05:06:07Z", "c", "3"));
    assertThat(records().rows("* | stats by (_time:1d offset 19h) count() c"))
        .containsExactly(Map.of("_time", "2026-03-04T05:00:00Z", "c", "3"));
    assertThat(records().rows("* | stats by (n:7 offset 3) count() c"))
        .containsExactlyInAnyOrder(Map.of("n", "-3", "c", "2"), Map.of("n", "4", "c", "1"));
    assertThat(records().rows("* | stats by (ts:1s) count() c | ts:*"))
        .containsExactly(Map.of("ts", "1763556497000000000", "c", "1"));
    assertThat(records().rows("* | by (_time:month, m) count() c"))
        .containsExactlyInAnyOrder(
            Map.of("_time", "2026-03-01T00:00:00Z", "m", "x", "c", "2"),
            Map.of("_time", "2026-03-01T00:00:00Z", "c", "1"));
    assertThat(records().rows("nothing | stats by (app) count() c")).isEmpty();
  }

  @Test
  void addresses_areGroupedByNetwork() throws IOException {
    Records records =
        new Records()
            .add(Map.of("ip", "10.0.1.7"))
            .add(Map.of("ip", "10.0.1.200"))
            .add(Map.of("ip", "none"));
    assertThat(records.rows("* | stats by (ip:/24) count() c"))
        .containsExactlyInAnyOrder(
            Map.of("ip", "10.0.1.0", "c", "2"), Map.of("ip", "none", "c", "1"));
  }

  @Test
  void rate_inBuckets_isPerBucket() throws IOException {
    assertThat(records().rows("* | stats by (_time:1m) rate() r"))
        .containsExactly(Map.of("_time", "2026-03-04T05:06:00Z", "r", "0.05"));
  }
}
