package io.logcaster.query.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.query.ast.DayRangeFilter;
import io.logcaster.query.ast.TimeFilter;
import io.logcaster.query.ast.WeekRangeFilter;
import io.logcaster.record.Timestamps;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeParserTest {

  private static final long NOW = Timestamps.parse("2026-01-02T03:00:00Z");

  /** Both ends are included; {@code -} is no bound. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          5m | 2026-01-02T02:55:00.000000001Z | 2026-01-02T03:00:00Z
          =5m | 2026-01-02T02:55:00Z | 2026-01-02T03:00:00Z
          now-5m | 2026-01-02T02:55:00.000000001Z | 2026-01-02T03:00:00Z
          now | 2026-01-02T03:00:00Z | 2026-01-02T03:00:00Z
          =NOW | 2026-01-02T03:00:00Z | 2026-01-02T03:00:00Z
          2026-01-01 | 2026-01-01T00:00:00Z | 2026-01-01T23:59:59.999999999Z
          =2026-01-01 | 2026-01-01T00:00:00Z | 2026-01-01T23:59:59.999999999Z
          >5m | - | 2026-01-02T02:54:59.999999999Z
          >=5m | - | 2026-01-02T02:55:00Z
          <5m | 2026-01-02T02:55:00.000000001Z | -
          <=5m | 2026-01-02T02:55:00Z | -
          >now-5m | 2026-01-02T02:55:00.000000001Z | -
          <=now-5m | - | 2026-01-02T02:55:00Z
          >=-5m | 2026-01-02T02:55:00Z | -
          <-5m | - | 2026-01-02T02:54:59.999999999Z
          >now | 2026-01-02T03:00:00.000000001Z | -
          <=now | - | 2026-01-02T03:00:00Z
          >2026-01-01 | 2026-01-01T00:00:00.000000001Z | -
          >=2026-01-01 | 2026-01-01T00:00:00Z | -
          <2026-01-01 | - | 2025-12-31T23:59:59.999999999Z
          <=2026-01-01 | - | 2026-01-01T23:59:59.999999999Z
          [2026-01-01, 2026-01-02] | 2026-01-01T00:00:00Z | 2026-01-02T23:59:59.999999999Z
          (2026-01-01, 2026-01-02) | 2026-01-01T00:00:00.000000001Z | 2026-01-01T23:59:59.999999999Z
          [2026-01-01, now) | 2026-01-01T00:00:00Z | 2026-01-02T02:59:59.999999999Z
          (5m, now] | 2026-01-02T02:55:00.000000001Z | 2026-01-02T03:00:00Z
          5m offset 1h | 2026-01-02T01:55:00.000000001Z | 2026-01-02T02:00:00Z
          <5m offset 1h | 2026-01-02T01:55:00.000000001Z | -
          [2026-01-01, 2026-01-01] offset -1h | 2026-01-01T01:00:00Z | 2026-01-02T00:59:59.999999999Z
          offset 1h | - | 2026-01-02T02:00:00Z
          """)
  void time_coversWhatItNames(String text, String first, String last) {
    TimeFilter filter = (TimeFilter) Parser.parse("_time:" + text).filter();

    assertThat(filter.minTime(NOW))
        .isEqualTo(first.equals("-") ? Long.MIN_VALUE : Timestamps.parse(first));
    assertThat(filter.maxTime(NOW))
        .isEqualTo(last.equals("-") ? Long.MAX_VALUE : Timestamps.parse(last));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [08:00, 18:30] | 28800000000000 | 66600000000000 | false | 0
          (08:00, 18:30) | 28800000000001 | 66599999999999 | false | 0
          [22:00, 06:00) | 79200000000000 | 21599999999999 | true | 0
          [08:00, 08:00] | 28800000000000 | 28800000000000 | false | 0
          [00:00, 24:00] offset 2h | 0 | 86400000000000 | false | 2
          [00:59, 23:59] offset -1h | 3540000000000 | 86340000000000 | false | -1
          """)
  void dayRange_isInNanosecondsSinceMidnight(
      String text, long from, long to, boolean overMidnight, long hours) {
    DayRangeFilter filter = (DayRangeFilter) Parser.parse("_time:day_range" + text).filter();

    assertThat(filter.from()).isEqualTo(from);
    assertThat(filter.to()).isEqualTo(to);
    assertThat(filter.overMidnight()).isEqualTo(overMidnight);
    assertThat(filter.offset()).isEqualTo(Duration.ofHours(hours).toNanos());
  }

  /** The days are bits, the last one for Sunday. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [mon, Friday] | 0111110 | 0
          (MON, fri) | 0011100 | 0
          [sat, sun] | 1000001 | 0
          (sat, sun] | 0000001 | 0
          [wednesday, wed] | 0001000 | 0
          [tue, thursday) offset 2h | 0001100 | 2
          [sun, saturday] offset -1h | 1111111 | -1
          """)
  void weekRange_hasABitForEachDay(String text, String days, long hours) {
    WeekRangeFilter filter = (WeekRangeFilter) Parser.parse("_time:week_range" + text).filter();

    assertThat(filter.days()).isEqualTo(Integer.parseInt(days, 2));
    assertThat(filter.offset()).isEqualTo(Duration.ofHours(hours).toNanos());
  }

  /** The column of what is wrong that is wrong, and what is said about it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          _time:soon | 7 | Expected a time such as 2026-01-31, 5m or now, found 'soon'
          _time:>soon | 8 | found 'soon'
          _time:> | 8 | Expected a time
          _time:[now, soon] | 13 | found 'soon'
          _time:[soon, now] | 8 | found 'soon'
          _time:[5m now] | 11 | Expected ','
          _time:[5m, now x | 16 | Expected ']' or ')', found 'x'
          _time:5m offset soon | 17 | a duration
          _time:day_range[08:00, 18:00 | 29 | Expected ']' or ')'
          _time:day_range[8:00, 18:00] | 17 | Expected a time of day such as 08:30, found '8:00'
          _time:day_range[08:00, 24:01] | 24 | found '24:01'
          _time:day_range[08:60, 18:00] | 17 | found '08:60'
          _time:day_range[08:00 18:00] | 23 | Expected ','
          _time:week_range[mon, fr] | 23 | Expected a day of the week such as Mon, found 'fr'
          _time:week_range[mon fri] | 22 | Expected ','
          _time:week_range[mon, fri | 26 | Expected ']' or ')'
          """)
  void invalidTime_isReportedAtItsPlace(String query, int column, String message) {
    assertThatThrownBy(() -> Parser.parse(query))
        .isInstanceOfSatisfying(
            QuerySyntaxException.class,
            (ex) -> {
              assertThat(ex.detail()).contains(message);
              assertThat(ex.column()).isEqualTo(column);
            });
  }
}
