package io.logcaster.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockTextTest {

  /** The second of the day, the nanoseconds and where the text ends; -1 where it is no time. */
  @ParameterizedTest
  @CsvSource({
    "0:00, 0 0 4",
    "23:59:60.000000001x, 86400 1 18",
    "'10:00:00,5', 36000 500000000 10",
    "10:00:00:250, 36000 250000000 12",
    "10:00:00:25, 36000 0 8",
    "10:00:00.1234567899, 36000 123456789 19",
    "12:00 am, 0 0 8",
    "12:30:00 PM, 45000 0 11",
    "1:00 p.m. x, 46800 0 9",
    "11:00a, 39600 0 5",
    "24:00, -1",
    "10:60, -1",
    "10:00:61, -1",
    "13:00 pm, -1",
    "0:00 am, -1",
    "100:00, -1",
    "10:0, -1"
  })
  void read_acceptsATimeWithColons(String text, String expected) {
    ClockText clock = new ClockText();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int end = clock.read(bytes, 0, bytes.length);

    assertThat(end < 0 ? "-1" : clock.second() + " " + clock.nanos() + " " + end)
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "235960, 86400 0 6",
    "102030.25, 37230 250000000 9",
    "240000, -1",
    "106000, -1",
    "100061, -1",
    "10000, -1",
    "1000x0, -1"
  })
  void compact_acceptsSixDigits(String text, String expected) {
    ClockText clock = new ClockText();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int end = clock.compact(bytes, 0, bytes.length);

    assertThat(end < 0 ? "-1" : clock.second() + " " + clock.nanos() + " " + end)
        .isEqualTo(expected);
  }
}
