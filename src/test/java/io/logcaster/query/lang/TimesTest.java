package io.logcaster.query.lang;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.query.ast.TimeFilter;
import io.logcaster.query.ast.TimeFilter.Bound;
import io.logcaster.record.Timestamps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

  private static final long NOW = Timestamps.parse("2026-01-02T03:04:05.678Z");

  @ParameterizedTest
  @CsvSource({
    "2026, 2025-12-31T23:59:59.999999999Z",
    "2026-01-02Z, 2026-01-01T23:59:59.999999999Z",
    "2026-01-02T03:04, 2026-01-02T03:03:59.999999999Z",
    "2026-01-02T03:04:05Z, 2026-01-02T03:04:04.999999999Z",
    "2026-01-02T03:04:05.000Z, 2026-01-02T03:04:04.999999999Z",
    "2026-01-02T03:04:05.000000000Z, 2026-01-02T03:04:04.999999999Z",
    "2026-01-02T03:04:05.000000001Z, 2026-01-02T03:04:05Z",
    "1767323045, 2026-01-02T03:04:04.999999999Z",
    "1767323045.5, 2026-01-02T03:04:05.499999999Z",
    "1767323045001, 2026-01-02T03:04:05.000999999Z",
    "1767323045000001, 2026-01-02T03:04:05.000000999Z",
    "1767323045000000001, 2026-01-02T03:04:05Z",
    "now, 2026-01-02T03:04:05.677999999Z",
    "1h, 2026-01-02T02:04:05.677999999Z"
  })
  void end_includesTheNanosecondBeforeIt(String text, String expected) {
    assertThat(Times.lastOf(requireNonNull(Times.bound(text)), NOW))
        .isEqualTo(Timestamps.parse(expected));
  }

  @Test
  void end_beyondTheRangeOfNanoseconds_isTheLatestTime() {
    assertThat(Times.lastOf(requireNonNull(Times.bound("99999999999")), NOW))
        .isEqualTo(Long.MAX_VALUE - 1);
  }

  @ParameterizedTest
  @CsvSource({
    "1678, 1678-01-01T00:00:00Z, 1678-12-31T23:59:59.999999999Z",
    "2261, 2261-01-01T00:00:00Z, 2261-12-31T23:59:59.999999999Z",
    "2024-02, 2024-02-01T00:00:00Z, 2024-02-29T23:59:59.999999999Z",
    "2025-12, 2025-12-01T00:00:00Z, 2025-12-31T23:59:59.999999999Z",
    "2026-01-31, 2026-01-31T00:00:00Z, 2026-01-31T23:59:59.999999999Z",
    "2026-01-31T10, 2026-01-31T10:00:00Z, 2026-01-31T10:59:59.999999999Z",
    "2026-01-31 10:59, 2026-01-31T10:59:00Z, 2026-01-31T10:59:59.999999999Z",
    "2026-01-31T10:00:59z, 2026-01-31T10:00:59Z, 2026-01-31T10:00:59.999999999Z",
    "2026-01-31T10:00:60, 2026-01-31T10:01:00Z, 2026-01-31T10:01:00.999999999Z",
    "2026-01-31T24:00, 2026-02-01T00:00:00Z, 2026-02-01T00:00:59.999999999Z",
    "'2026-01-31T10:00:00,25Z', 2026-01-31T10:00:00.25Z, 2026-01-31T10:00:00.259999999Z",
    "2026-01-31T10:00:00.1234567899Z, 2026-01-31T10:00:00.123456789Z,"
        + " 2026-01-31T10:00:00.123456789Z",
    "2026-01-31T10+02:30, 2026-01-31T07:30:00Z, 2026-01-31T08:29:59.999999999Z",
    "2026-01-31T10-02:30, 2026-01-31T12:30:00Z, 2026-01-31T13:29:59.999999999Z",
    "0, 1970-01-01T00:00:00Z, 1970-01-01T00:00:00.999999999Z",
    "-1, 1969-12-31T23:59:59Z, 1969-12-31T23:59:59.999999999Z",
    "-1.5, 1969-12-31T23:59:58.5Z, 1969-12-31T23:59:58.5Z",
    "9000000000, 2255-03-14T16:00:00Z, 2255-03-14T16:00:00.999999999Z",
    "100000000000, 1973-03-03T09:46:40Z, 1973-03-03T09:46:40.000999999Z",
    "100000000000000, 1973-03-03T09:46:40Z, 1973-03-03T09:46:40.000000999Z",
    "now+1m, 2026-01-02T03:05:05.678Z, 2026-01-02T03:05:05.678Z",
    "NOW-1m, 2026-01-02T03:03:05.678Z, 2026-01-02T03:03:05.678Z",
    "-1m, 2026-01-02T03:03:05.678Z, 2026-01-02T03:03:05.678Z"
  })
  void bound_ofAPeriod_coversIt(String text, String first, String last) {
    Bound bound = requireNonNull(Times.bound(text));
    TimeFilter filter = new TimeFilter(bound, true, bound, true, 0, text);

    assertThat(Timestamps.format(filter.minTime(NOW))).isEqualTo(first);
    assertThat(Timestamps.format(filter.maxTime(NOW))).isEqualTo(last);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1677",
        "2262",
        "2026-00",
        "2026-13",
        "2026-01-00",
        "2026-01-32",
        "2026-01-31T25",
        "2026-01-31T10:60",
        "2026-01-31T10:00:61",
        "2026-01-31T10:00:00.5",
        "2026-01-31T10+0200",
        "now5m",
        "now-",
        "now-x",
        "1.",
        "1.x",
        "99999999999999999999"
      })
  void bound_ofOtherText_isNull(String text) {
    assertThat(Times.bound(text)).isNull();
  }
}
