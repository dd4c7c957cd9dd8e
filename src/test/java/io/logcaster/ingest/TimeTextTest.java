package io.logcaster.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where times begin and end in a text, and which texts come close to being one. */
class TimeTextTest {

  private static final String NOW = "2026-11-30T12:00:00Z";

  private interface Reader {
    int read(LocalTimes times, byte[] bytes, int from, int to);
  }

  /** The time, whether it is sure, and the rest of the text; a dash where there is no time. */
  private static String read(String text, Reader reader) {
    LocalTimes times = new LocalTimes(ZoneOffset.UTC);
    times.now(Timestamps.parse(NOW));
    byte[] bytes = ("##" + text).getBytes(StandardCharsets.UTF_8);
    int end = reader.read(times, bytes, 2, bytes.length);
    return (end < 0)
        ? "-"
        : Timestamps.format(times.time())
            + (times.isSure() ? "" : "?")
            + " |"
            + text.substring(end - 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          20261129100000123 x => 2026-11-29T10:00:00.123Z | x
          2026112910000012 x => -
          20000101000000 x => 2000-01-01T00:00:00Z | x
          19991231000000 x => -
          20991231000000 x => 2099-12-31T00:00:00Z | x
          21000101000000 x => -
          20261129-10:00:00 x => 2026-11-29T10:00:00Z | x
          20261129t100000 x => 2026-11-29T10:00:00Z | x
          20261129x100000 x => -
          2026-11/29 10:00:00 x => -
          2026;11;29 10:00:00 x => -
          2026-111-29 10:00:00 x => -
          2026 Foo 29 10:00:00 x => -
          2026 Nov  9 10:00:00 x => 2026-11-09T10:00:00Z | x
          2026 Nov 290 10:00:00 x => -
          29/Nov/2026:10:00:00 x => 2026-11-29T10:00:00Z | x
          29-Nov/2026 10:00:00 x => -
          29;Nov;2026 10:00:00 x => -
          29 Foo 2026 10:00:00 x => -
          29 Nov 10:00:00 x => 2026-11-29T10:00:00Z | x
          29 Nov 68 10:00 x => 2068-11-29T10:00:00Z | x
          29 Nov 69 10:00 x => 1969-11-29T10:00:00Z | x
          29 Nov 026 10:00 x => -
          30 Feb 2026 10:00:00 x => -
          29 Feb 2024 10:00:00 x => 2024-02-29T10:00:00Z | x
          29 Feb 2100 10:00:00 x => -
          31 Apr 2026 10:00:00 x => -
          Nov 29 10:00:00 1969 x => 2026-11-29T10:00:00Z | 1969 x
          Nov 29 10:00:00 1970 x => 1970-11-29T10:00:00Z | x
          Nov 29 10:00:00 2099 x => 2099-11-29T10:00:00Z | x
          Nov 29 10:00:00 2100 x => 2026-11-29T10:00:00Z | 2100 x
          Nov 29 10:00:00 20261 x => 2026-11-29T10:00:00Z | 20261 x
          Nov 29 10:00:00 2025x => 2026-11-29T10:00:00Z | 2025x
          Nov 29 10:00:00 UTC 2025 x => 2025-11-29T10:00:00Z | x
          Nov 29 10:00:00 2025 CET x => 2025-11-29T09:00:00Z | x
          Nov 29 2025 10:00:00 x => 2025-11-29T10:00:00Z | x
          Nov 29 2025 10:00:00 2024 x => 2025-11-29T10:00:00Z | 2024 x
          Nov29 10:00:00 x => -
          Nov x9 10:00:00 x => -
          Dec  1 12:00:00 x => 2026-12-01T12:00:00Z | x
          Dec  1 12:00:01 x => 2025-12-01T12:00:01Z | x
          Feb 29 10:00:00 x => 2024-02-29T10:00:00Z | x
          Feb 30 10:00:00 x => -
          .Nov 29 10:00:00 x => 2026-11-29T10:00:00Z | x
          *Foo 29 10:00:00 x => -
          #Nov 29 10:00:00 x => -
          Sunday 29 Nov 2026 10:00:00 x => 2026-11-29T10:00:00Z | x
          Wed Nov 25 10:00:00 2026 x => 2026-11-25T10:00:00Z | x
          Sun Foo 29 10:00:00 2026 x => -
          Abc, 29 Nov 2026 10:00:00 x => -
          Xyz, 29 Nov 2026 10:00:00 x => -
          13:00:00 x => 2026-11-30T13:00:00Z? | x
          13:00:01 x => 2026-11-29T13:00:01Z? | x
          10:00:00 +01:00 x => 2026-11-30T09:00:00Z? | x
          10:00:00x => -
          25:00:00 x => -
          10:60:00 x => -
          12/1/2026 10:00:00 x => -
          12/2/2026 10:00:00 x => 2026-02-12T10:00:00Z | x
          5/5/2026 10:00:00 x => 2026-05-05T10:00:00Z | x
          13/13/2026 10:00:00 x => -
          11/29/26 10:00:00 x => 2026-11-29T10:00:00Z? | x
          01/02/03 10:00:00 x => -
          29.11.26 10:00:00 x => 2026-11-29T10:00:00Z? | x
          29-11-2026 10:00:00 x => 2026-11-29T10:00:00Z | x
          29/11-2026 10:00:00 x => -
          29/11/026 10:00:00 x => -
          29/11/2026x10:00:00 x => -
          11.29 10:00:00 x => -
          12345 10:00:00 x => -
          261129 10:00:00 x => 2026-11-29T10:00:00Z? | x
          261129T100000 x => -
          """)
  void read_endsWithTheTime(String text, String expected) {
    assertThat(read(text, LocalTimes::read)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          1129 10:00:00.5 x => 2026-11-29T10:00:00.5Z? | x
          1202 10:00:00 x => 2025-12-02T10:00:00Z? | x
          681129 10:00:00 x => 2068-11-29T10:00:00Z? | x
          691129 10:00:00 x => 1969-11-29T10:00:00Z? | x
          20251129 10:00:00 x => 2025-11-29T10:00:00Z? | x
          11290 10:00:00 x => -
          1332 10:00:00 x => -
          1129 x => -
          """)
  void readMonthDay_endsWithTheTime(String text, String expected) {
    assertThat(read(text, LocalTimes::readMonthDay)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          1795946400 x => 2026-11-29T10:00:00Z? | x
          1795946400.5 x => 2026-11-29T10:00:00.5Z? | x
          1795946400. x => 2026-11-29T10:00:00Z? |. x
          1795946400 => 2026-11-29T10:00:00Z? |
          179594640 x => -
          17959464000 x => -
          3000000000 x => -
          """)
  void readEpoch_endsWithTheSeconds(String text, String expected) {
    assertThat(read(text, LocalTimes::readEpoch)).isEqualTo(expected);
  }
}
