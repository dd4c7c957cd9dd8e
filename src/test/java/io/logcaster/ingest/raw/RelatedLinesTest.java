package io.logcaster.ingest.raw;

import static io.logcaster.ingest.text.Decoding.NOW;
import static io.logcaster.ingest.text.Decoding.decode;
import static io.logcaster.ingest.text.Decoding.line;
import static io.logcaster.ingest.text.Decoding.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.logcaster.record.Timestamps;
import org.junit.jupiter.api.Test;

/** Lines that belong together: parts of a container's line, and the lines of an event. */
class RelatedLinesTest {

  @Test
  void containerLines_areUnwrapped() {
    assertThat(
            line(
                "2026-11-20T07:08:09.598142519Z stderr F {\"level\":\"error\",\"msg\":\"no"
                    + " route\"}"))
        .isEqualTo(
            map("_time=2026-11-20T07:08:09.598142519Z; level=ERROR; stream=stderr; _msg=no route"));
    assertThat(line("2026-11-20T08:08:09.598142519+01:00 stdout F 2026-11-20 07:08:09,5 WARN slow"))
        .isEqualTo(map("_time=2026-11-20T07:08:09.5Z; level=WARN; stream=stdout; _msg=slow"));
    assertThat(line("2026-11-20T07:08:09.598142519Z stdout F plain"))
        .isEqualTo(map("_time=2026-11-20T07:08:09.598142519Z; stream=stdout; _msg=plain"));
  }

  @Test
  void containerLine_inParts_isOneRecord() {
    String text =
        """
        2026-11-20T07:08:09.000000001Z stdout P one\s
        2026-11-20T07:08:09.000000002Z stdout P two\s
        2026-11-20T07:08:09.000000003Z stdout F three
        2026-11-20T07:08:09.000000004Z stdout F four
        2026-11-20T07:08:09.000000005Z stdout P five
        """;
    assertThat(decode(text))
        .extracting((record) -> record.message())
        .containsExactly("one two three", "four", "five");
  }

  @Test
  void containerLines_ofBothOutputs_areJoinedApart() {
    String text =
        """
        2026-11-20T07:08:09.000000001Z stdout P one\s
        2026-11-20T07:08:09.000000002Z stderr P un\s
        2026-11-20T07:08:09.000000003Z stdout F two
        2026-11-20T07:08:09.000000004Z stderr F deux
        2026-11-20T07:08:09.000000005Z stderr P trois
        2026-11-20T07:08:09.000000006Z stdout P three
        """;
    assertThat(decode(text))
        .extracting((record) -> record.value("stream") + " " + record.message())
        .containsExactly("stdout one two", "stderr un deux", "stdout three", "stderr trois");
  }

  @Test
  void stackTraceLines_inheritTimeAndLevelOfTheirEvent() {
    String text =
        """
        2026-11-20 07:08:09,123 ERROR [main] c.e.Shop - failed
        java.lang.IllegalStateException: no cart
        \tat c.e.Shop.buy(Shop.java:42)
        Caused by: java.io.IOException
        \t... 3 more
        2026-11-20 07:08:10,123 INFO [main] c.e.Shop - next
        no part of it
        \tat nothing
        """;
    assertThat(decode(text))
        .extracting((record) -> Timestamps.format(record.time()) + " " + record.value("level"))
        .containsExactly(
            "2026-11-20T07:08:09.123Z ERROR",
            "2026-11-20T07:08:09.123Z ERROR",
            "2026-11-20T07:08:09.123Z ERROR",
            "2026-11-20T07:08:09.123Z ERROR",
            "2026-11-20T07:08:09.123Z ERROR",
            "2026-11-20T07:08:10.123Z INFO",
            NOW + " ",
            NOW + " ");
  }

  /** As Java's own logging writes its two lines. */
  @Test
  void levelInTheSecondLine_inheritsTheTimeOfTheFirst() {
    assertThat(decode("Nov 20, 2026 7:08:09 AM org.shop.Cart add\nSEVERE: broken\n"))
        .extracting(
            (record) -> Timestamps.format(record.time()) + " " + record.value("level"),
            (record) -> record.message())
        .containsExactly(
            tuple("2026-11-20T07:08:09Z ", "org.shop.Cart add"),
            tuple("2026-11-20T07:08:09Z ERROR", "broken"));
  }
}
