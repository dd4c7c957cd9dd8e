package io.logcaster.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Seeds;
import io.logcaster.record.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalTimesTest {

  private static final String NOW = "2026-11-30T12:00:00Z";

  private static LocalTimes times(String zone) {
    LocalTimes times = new LocalTimes(ZoneId.of(zone));
    times.now(Timestamps.parse(NOW));
    return times;
  }

  /** What a text means as a value; empty where it is no time. */
  private static String value(String text, String zone) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long time = times(zone).any(bytes, 0, bytes.length);
    return (time == Timestamps.INVALID) ? "" : Timestamps.format(time);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          2026-11-29T10:00:00Z => 2026-11-29T10:00:00Z
          2026-11-29t10:00:00z => 2026-11-29T10:00:00Z
          2026-11-29T10:00:00,123Z => 2026-11-29T10:00:00.123Z
          2026-11-29T10:00:00.123456789999Z => 2026-11-29T10:00:00.123456789Z
          2026-11-29T10:00:60Z => 2026-11-29T10:01:00Z
          2026-11-29T10:00Z => 2026-11-29T10:00:00Z
          2026-11-29T10:00+01 => 2026-11-29T09:00:00Z
          2026-11-29 10:00:00+01 => 2026-11-29T09:00:00Z
          2026-11-29T10:00:00-0330 => 2026-11-29T13:30:00Z
          2026-11-29T10:00:00+02:00[Europe/Berlin] => 2026-11-29T08:00:00Z
          2026-11-29T10:00:00Z[UTC] => 2026-11-29T10:00:00Z
          2026-11-29 10:00:00.123 +02:00 => 2026-11-29T08:00:00.123Z
          2026-11-29 10:00:00 -0800 => 2026-11-29T18:00:00Z
          2026-11-29 10:00:00 -07 => 2026-11-29T17:00:00Z
          2026-11-29 10:00:00.5 UTC => 2026-11-29T10:00:00.5Z
          2026-11-29 10:00:00 Z => 2026-11-29T10:00:00Z
          2026-11-29 10:00:00 CET => 2026-11-29T09:00:00Z
          2026-07-29 10:00:00 CEST => 2026-07-29T08:00:00Z
          2026-11-29 10:00:00 UTC+2 => 2026-11-29T08:00:00Z
          2026-07-29 10:00:00 Europe/Berlin => 2026-07-29T08:00:00Z
          2026-07-29 10:00:00 [America/New_York] => 2026-07-29T14:00:00Z
          2026-11-29 10:00:00.123456789 +0000 UTC => 2026-11-29T10:00:00.123456789Z
          2026-11-29 10:00:00.1 +0100 CET m=+0.100000001 => 2026-11-29T09:00:00.1Z
          2026-11-29 10:00:00 -0300 -03 => 2026-11-29T13:00:00Z
          2026-11-29 10:00:00 +0100 => 2026-11-29T09:00:00Z
          29/Nov/2026:10:00:00 +0100 => 2026-11-29T09:00:00Z
          29-Nov-2026 10:00:00.123 => 2026-11-29T10:00:00.123Z
          29-Jul-2026 10:00:00 Europe/Berlin => 2026-07-29T08:00:00Z
          29 Nov 2026 10:00:00,123 => 2026-11-29T10:00:00.123Z
          Sun, 29 Nov 2026 10:00:00 GMT => 2026-11-29T10:00:00Z
          Sun, 29 Nov 2026 10:00:00 +0100 => 2026-11-29T09:00:00Z
          29 Nov 26 10:00 EST => 2026-11-29T15:00:00Z
          Sunday, 29-Nov-26 10:00:00 GMT => 2026-11-29T10:00:00Z
          Sun Nov 29 10:00:00 2026 => 2026-11-29T10:00:00Z
          Sun Nov  1 10:00:00 CET 2026 => 2026-11-01T09:00:00Z
          Sun Nov 29 2026 10:00:00 GMT+0100 (Central European Standard Time) => 2026-11-29T09:00:00Z
          Nov 29, 2026 1:02:03 PM => 2026-11-29T13:02:03Z
          November 29, 2026, 12:02:03\u202fAM => 2026-11-29T00:02:03Z
          Nov 29 10:00:00 => 2026-11-29T10:00:00Z
          Dec  2 10:00:00 => 2025-12-02T10:00:00Z
          *Nov 29 10:00:00.663 UTC => 2026-11-29T10:00:00.663Z
          2026 Nov 29 10:00:00 CET => 2026-11-29T09:00:00Z
          20261129T100000.123Z => 2026-11-29T10:00:00.123Z
          20261129T100000+0100 => 2026-11-29T09:00:00Z
          20261129 100000 => 2026-11-29T10:00:00Z
          20261129 10:00:00.5 => 2026-11-29T10:00:00.5Z
          20261129100000 => 2026-11-29T10:00:00Z
          2026/11/29 10:00:00 => 2026-11-29T10:00:00Z
          2026.11.29 10:00:00.123456 => 2026-11-29T10:00:00.123456Z
          2026/1/2 3:04:05 => 2026-01-02T03:04:05Z
          2026:11:29-10:00:00 => 2026-11-29T10:00:00Z
          29.11.2026 10:00:00 => 2026-11-29T10:00:00Z
          29/11/2026, 10:00:00 => 2026-11-29T10:00:00Z
          11/29/2026 10:00:00 => 2026-11-29T10:00:00Z
          5/6/2026 1:02:03 PM => 2026-05-06T13:02:03Z
          11/12/2026 10:00:00 => 2026-11-12T10:00:00Z
          1795946400 => 2026-11-29T10:00:00Z
          1795946400.123 => 2026-11-29T10:00:00.123Z
          1795946400.123000000 => 2026-11-29T10:00:00.123Z
          1.7959464E9 => 2026-11-29T10:00:00Z
          1795946400123 => 2026-11-29T10:00:00.123Z
          1795946400123456 => 2026-11-29T10:00:00.123456Z
          1795946400123456789 => 2026-11-29T10:00:00.123456789Z
          [2026,11,29,10,0,0,123000000] => 2026-11-29T10:00:00.123Z
          [2026, 11, 29, 10, 0] => 2026-11-29T10:00:00Z
          /Date(1795946400123)/ => 2026-11-29T10:00:00.123Z
          /Date(1795946400123+0200)/ => 2026-11-29T10:00:00.123Z
          """)
  void any_readsCommonFormats(String text, String expected) {
    assertThat(value(text, "UTC")).isEqualTo(expected);
    assertThat(value("  " + text + " ", "UTC")).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026-11-29",
        "2026-13-29T10:00:00Z",
        "2026-11-29T24:00:00Z",
        "2026-11-29T10:00:00Zulu",
        "2026-11-29T10:00:00+99:00",
        "2026-11-29 10:00:00 Europe/Nowhere",
        "2026-11-29 10:00:00 and more",
        "00:00:00.025",
        "10:00",
        "05/06/24 07:08:09",
        "5/6/2026 10:00:00",
        "261129 100000",
        "250000000",
        "42",
        "3000000000",
        "1.5",
        "[2026,11]",
        "[2026,11,31,10,0]",
        "[]",
        "/Date(x)/",
        "/Date(",
        "192.168.10.20",
        "1-2-3 4:05:06",
        "Marathon 42",
        "20261332T100000"
      })
  void any_rejectsInvalidTimes(String text) {
    assertThat(value(text, "UTC")).isEmpty();
  }

  @Test
  void timeWithoutZone_isInTheConfiguredZone_butOneWithAZoneIsNot() {
    assertThat(value("2026-07-29 10:00:00", "Europe/Berlin")).isEqualTo("2026-07-29T08:00:00Z");
    assertThat(value("[2026,7,29,10,0]", "Europe/Berlin")).isEqualTo("2026-07-29T08:00:00Z");
    assertThat(value("2026-07-29 10:00:00 UTC", "Europe/Berlin")).isEqualTo("2026-07-29T10:00:00Z");
  }

  @Test
  void ambiguousAbbreviation_isTheConfiguredZone_orNotAheadOfNow() {
    assertThat(value("2026-11-30 10:00:00 CST", "Asia/Shanghai")).isEqualTo("2026-11-30T02:00:00Z");
    assertThat(value("2026-11-30 05:00:00 CST", "UTC")).isEqualTo("2026-11-30T11:00:00Z");
    assertThat(value("2026-11-30 11:59:00 CST", "UTC")).isEmpty();
  }

  /** What follows a time in a line, where the time ends, and whether it is sure. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          2026-11-29 10:00:00.123 +02:00 [INF] x => true, ` [INF] x`
          2026-11-29 10:00:00 -1 items => true, ` -1 items`
          2026-11-29 10:00:00 [main] x => true, ` [main] x`
          2026-11-29 10:00:00 GET /x => true, ` GET /x`
          2026-11-29 10:00:00 UTC-based x => true, ` UTC-based x`
          2026-11-29 10:00:00, Info => true, `, Info`
          2026-11-29 10:00:00 +0100 INFO x => true, ` INFO x`
          Nov 29 10:00:00 web1 x => true, ` web1 x`
          Nov 29 10:00:00 2026 web1 => true, ` web1`
          10:00:00.123 [main] => false, ` [main]`
          10:00AM INF => false, ` INF`
          26/11/29 10:00:00 INFO => false, ` INFO`
          261129 100000 42 => false, ` 42`
          11-29 10:00:00.123 1 2 E x => false, ` 1 2 E x`
          """)
  void read_endsAfterTheZone(String text, String expected) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    LocalTimes times = times("UTC");
    int end = times.read(bytes, 0, bytes.length);
    assertThat(end).isPositive();
    assertThat(times.isSure() + ", `" + text.substring(end) + "`").isEqualTo(expected);
  }

  /** Neighbouring lines mostly have the same time, and what follows it may still change it. */
  @Test
  void read_ofTheSameTime_looksAtWhatFollows() {
    LocalTimes times = times("UTC");
    assertThat(read(times, "Nov 29 10:00:00 web1")).isEqualTo("2026-11-29T10:00:00Z web1");
    assertThat(read(times, "Nov 29 10:00:00 web2")).isEqualTo("2026-11-29T10:00:00Z web2");
    assertThat(read(times, "Nov 29 10:00:00 CET web2")).isEqualTo("2026-11-29T09:00:00Z web2");
    assertThat(read(times, "Nov 29 10:00:00 2025 web2")).isEqualTo("2025-11-29T10:00:00Z web2");
    assertThat(read(times, "Nov 29 10:00:00.5 web2")).isEqualTo("2026-11-29T10:00:00.5Z web2");
    assertThat(read(times, "Nov 29 10:00:00 pm x")).isEqualTo("2026-11-29T22:00:00Z x");
    assertThat(read(times, "Nov 29 10:00:00 pm x")).isEqualTo("2026-11-29T22:00:00Z x");
  }

  /** A reader keeps the last time that it read; that must not change what it reads next. */
  @Test
  void read_afterOtherLines_equalsThatOfAFreshReader() {
    Random random = new Random(Seeds.fresh());
    String[] times = {
      "2026-11-29T10:00:00",
      "2026-11-29 10:00:01",
      "2026-11-30T10:00:00",
      "Nov 29 10:00:00",
      "Nov 29 10:00:01",
      "Nov 9 10:00:00",
      "29/Nov/2026:10:00:00",
      "10:00:00",
      "261129 100000"
    };
    String[] more = {"", " ", " x", "Z", " +0100", ".5", ",25 x", " pm", ":00", " 2025", " CET y"};
    LocalTimes used = times("Europe/Berlin");
    for (int i = 0; i < 20_000; i++) {
      String text = times[random.nextInt(times.length)] + more[random.nextInt(more.length)];
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      LocalTimes fresh = times("Europe/Berlin");
      int end = fresh.read(bytes, 0, bytes.length);
      String where = Seeds.told(Seeds.fresh()) + ", text '" + text + "'";

      assertThat(used.read(bytes, 0, bytes.length)).as(where).isEqualTo(end);
      if (end > 0) {
        assertThat(used.time()).as(where).isEqualTo(fresh.time());
        assertThat(used.isSure()).as(where).isEqualTo(fresh.isSure());
      }
    }
  }

  private static String read(LocalTimes times, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int end = times.read(bytes, 0, bytes.length);
    return Timestamps.format(times.time()) + text.substring(end);
  }

  @Test
  void anyBytes_areReadWithoutError_upToTheEndOfTheirArray() {
    long seed = Seeds.fresh();
    Random random = new Random(seed);
    String[] parts = {
      "2026-11-29",
      "Nov",
      "29",
      "Sun",
      " ",
      "T",
      "10:00:00",
      ":",
      ".",
      ",",
      "/",
      "-",
      "+",
      "Z",
      "UTC",
      "[",
      "]",
      "(",
      "GMT",
      "Europe/",
      "m=",
      "PM",
      "\u202f",
      "/Date(",
      "20261129",
      "E9",
      "1"
    };
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int part = random.nextInt(9); part > 0; part--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      int to = bytes.length - random.nextInt(Math.min(3, bytes.length + 1));
      try {
        LocalTimes times = times("Europe/Berlin");
        times.any(bytes, 0, to);
        assertThat(times.read(bytes, 0, to)).isLessThanOrEqualTo(to);
        times.readMonthDay(bytes, 0, to);
        times.readEpoch(bytes, 0, to);
      } catch (RuntimeException | AssertionError ex) {
        throw new AssertionError(Seeds.told(seed) + ", text '" + text + "', " + to, ex);
      }
    }
  }
}
