package io.logcaster.notice.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeekHoursTest {

  /** 2026-11-21 is a Saturday. In Berlin the clock goes forward on 2026-03-29 at 2:00. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          -,        08:00, 17:00, UTC,           2026-11-21T08:00:00Z, 2026-11-21T17:00:00Z
          -,        08:00, 17:00, UTC,           2026-11-21T07:59:59Z, -
          -,        08:00, 17:00, UTC,           2026-11-21T17:00:00Z, -
          -,        22:00, 06:00, UTC,           2026-11-21T23:00:00Z, 2026-11-22T06:00:00Z
          -,        22:00, 06:00, UTC,           2026-11-21T05:59:59Z, 2026-11-21T06:00:00Z
          -,        22:00, 06:00, UTC,           2026-11-21T12:00:00Z, -
          SATURDAY, 22:00, 06:00, UTC,           2026-11-22T03:00:00Z, 2026-11-22T06:00:00Z
          SATURDAY, 22:00, 06:00, UTC,           2026-11-21T03:00:00Z, -
          SATURDAY SUNDAY, 00:00, 00:00, UTC,    2026-11-22T23:59:59Z, 2026-11-23T00:00:00Z
          -,        08:00, 17:00, Europe/Berlin, 2026-11-21T07:30:00Z, 2026-11-21T16:00:00Z
          -,        22:00, 06:00, Europe/Berlin, 2026-03-28T22:00:00Z, 2026-03-29T04:00:00Z
          """)
  void end_isWhenTheHoursAreOver(
      String days, String from, String to, String zone, Instant time, Instant end) {
    assertThat(hours(days, from, to, zone).end(time)).isEqualTo(end);
    assertThat(hours(days, from, to, zone).contains(time)).isEqualTo(end != null);
  }

  @ParameterizedTest
  @CsvSource({
    "MONDAY, 02:00, Europe/Berlin, 2026-11-21T10:00:00Z, 2026-11-23T01:00:00Z",
    "SATURDAY, 11:00, UTC, 2026-11-21T10:00:00Z, 2026-11-21T11:00:00Z",
    "SATURDAY, 10:00, UTC, 2026-11-21T10:00:00Z, 2026-11-28T10:00:00Z",
  })
  void next_isTheNextStart(String days, String from, String zone, Instant time, Instant next) {
    assertThat(hours(days, from, "04:00", zone).next(time)).isEqualTo(next);
  }

  private static WeekHours hours(String days, String from, String to, String zone) {
    Set<DayOfWeek> chosen =
        days == null
            ? Set.of()
            : Arrays.stream(days.split(" ")).map(DayOfWeek::valueOf).collect(Collectors.toSet());
    return new WeekHours(chosen, LocalTime.parse(from), LocalTime.parse(to), ZoneId.of(zone));
  }
}
