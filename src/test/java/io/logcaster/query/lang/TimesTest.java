package io.logcaster.query.lang;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.Timestamps;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {

  private static final long NOW = Timestamps.parse("2026-01-02T03:04:05.678Z");

  @ParameterizedTest
  @CsvSource({
    "2026, 2026-01-01T00:00:00.999999999Z",
    "2026-01-02Z, 2026-01-02T00:00:00.999999999Z",
    "2026-01-02T03:04, 2026-01-02T03:04:00.999999999Z",
    "2026-01-02T03:04:05Z, 2026-01-02T03:04:05.999999999Z",
    "2026-01-02T03:04:05.000Z, 2026-01-02T03:04:05.000999999Z",
    "2026-01-02T03:04:05.000000001Z, 2026-01-02T03:04:05.000000001Z",
    "1767323045, 2026-01-02T03:04:05.999999999Z",
    "1767323045001, 2026-01-02T03:04:05.001999999Z",
    "1767323045000001, 2026-01-02T03:04:05.000001Z",
    "now, 2026-01-02T03:04:05.678Z",
    "1h, 2026-01-02T02:04:05.678Z"
  })
  void end_isAMomentWithTheRestOfItsSecond(String text, String expected) {
    assertThat(Times.lastOf(requireNonNull(Times.bound(text)), NOW))
        .isEqualTo(Timestamps.parse(expected));
  }
}
