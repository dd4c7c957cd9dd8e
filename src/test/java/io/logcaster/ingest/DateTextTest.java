package io.logcaster.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.Timestamps;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateTextTest {

  @ParameterizedTest
  @CsvSource({
    "1678, 1, 1, 1678-01-01T00:00:00Z",
    "2261, 12, 31, 2261-12-31T00:00:00Z",
    "2024, 2, 29, 2024-02-29T00:00:00Z",
    "2000, 2, 29, 2000-02-29T00:00:00Z",
    "2026, 4, 30, 2026-04-30T00:00:00Z",
    "1677, 12, 31,",
    "2262, 1, 1,",
    "2026, 0, 1,",
    "2026, 13, 1,",
    "2026, 1, 0,",
    "2026, 1, 32,",
    "2026, 4, 31,",
    "2026, 2, 29,",
    "2100, 2, 29,"
  })
  void midnight_ofAnExistingDay_isItsStart(int year, int month, int day, String expected) {
    long time = DateText.midnight(year, month, day);

    assertThat(time == Timestamps.INVALID ? null : Timestamps.format(time)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 2000", "68, 2068", "69, 1969", "99, 1999"})
  void fullYear_followsPosix(int twoDigits, int year) {
    assertThat(DateText.fullYear(twoDigits)).isEqualTo(year);
  }
}
