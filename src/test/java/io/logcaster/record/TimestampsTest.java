package io.logcaster.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T10:00:00Z, 2026-11-21T10:00:00Z",
    "2026-11-21 10:00:00, 2026-11-21T10:00:00Z",
    "'2026-11-21T10:00:00,5', 2026-11-21T10:00:00.5Z",
    "2026-11-21t10:00:00.123456789z, 2026-11-21T10:00:00.123456789Z",
    "2026-11-21T10:00:00.1234567899Z, 2026-11-21T10:00:00.123456789Z",
    "2026-11-21T10:00:00+02:00, 2026-11-21T08:00:00Z",
    "2026-11-21T10:00:00-0130, 2026-11-21T11:30:00Z",
    "2026-11-21T10:00:00+09, 2026-11-21T01:00:00Z",
    "2024-02-29T23:59:60Z, 2024-03-01T00:00:00Z",
    "1969-12-31T23:59:59.5Z, 1969-12-31T23:59:59.5Z"
  })
  void parse_readsATime(String text, String expected) {
    assertThat(Timestamps.format(Timestamps.parse(text))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-21",
        "2026-11-21T10:00",
        "2026-13-01T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "2026-11-21T24:00:00Z",
        "2026-11-21T10:00:00.Z",
        "2026-11-21T10:00:00+25:00",
        "2026-11-21T10:00:00Zz",
        "2026-11-21_10:00:00",
        "2026-1x-21T10:00:00Z",
        "1600-01-01T00:00:00Z"
      })
  void parse_refusesWhatIsNotATime(String text) {
    assertThat(Timestamps.parse(text)).isEqualTo(Timestamps.INVALID);
  }

  @Test
  void format_agreesWithTheLibraryOverTheWholeRange() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      long seconds = random.nextLong(-9_000_000_000L, 9_000_000_000L);
      Instant instant = Instant.ofEpochSecond(seconds);
      String text = Timestamps.format(seconds * Timestamps.SECOND);
      assertThat(text).isEqualTo(instant.toString());
      assertThat(Timestamps.parse(text)).isEqualTo(seconds * Timestamps.SECOND);
    }
  }
}
