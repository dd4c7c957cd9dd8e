package io.logcaster.query.lang;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.Timestamps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void end_includesWhatComesRightBeforeIt(String text, String expected) {
    assertThat(Times.lastOf(requireNonNull(Times.bound(text)), NOW))
        .isEqualTo(Timestamps.parse(expected));
  }

  @Test
  void end_beyondWhatNanosecondsHold_isTheLatestTime() {
    assertThat(Times.lastOf(requireNonNull(Times.bound("99999999999")), NOW))
        .isEqualTo(Long.MAX_VALUE - 1);
  }
}
