package io.logcaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.cli.LineSource.Format;
import io.logcaster.record.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LineGeneratorTest {

  private static final long START = Timestamps.parse("2026-11-21T12:00:00Z");

  @ParameterizedTest
  @EnumSource
  void next_returnsDifferentLines_andTheSameForTheSameSeed(Format format) {
    List<String> lines = lines(format, 1, "", 5_000);
    assertThat(new HashSet<>(lines)).hasSize(5_000);
    assertThat(lines(format, 1, "", 5_000)).isEqualTo(lines);
    assertThat(lines(format, 2, "", 5_000)).doesNotContainAnyElementsOf(lines.subList(0, 100));
  }

  @Test
  void raw_beginsWithTimeAndLevel() {
    assertThat(lines(Format.RAW, 3, "", 1_000))
        .allSatisfy(
            (line) ->
                assertThat(line)
                    .matches(
                        "2026-11-21T12:\\d\\d:\\d\\d\\.\\d{6}Z (DEBUG|INFO |WARN |ERROR) \\S.*"));
  }

  @Test
  void syslog_isRfc5424() {
    assertThat(lines(Format.SYSLOG, 3, "", 1_000))
        .allSatisfy(
            (line) ->
                assertThat(line)
                    .matches(
                        "<13[1245]>1 2026-11-21T12:\\d\\d:\\d\\d\\.\\d{6}Z web-[01]\\d [a-z]+ \\d+"
                            + " - - \\S.*"));
  }

  @Test
  void json_isOneObjectPerLine() {
    JsonMapper json = new JsonMapper();
    for (String line : lines(Format.JSON, 3, "", 1_000)) {
      JsonNode record = json.readTree(line);
      assertThat(Timestamps.parse(record.get("_time").asString())).isGreaterThan(START);
      assertThat(record.get("_msg").asString()).isNotBlank();
      assertThat(record.propertyNames())
          .containsExactly("_time", "level", "host", "app", "pid", "trace_id", "_msg");
    }
  }

  @Test
  void mark_numbersTheLines() {
    List<String> lines = lines(Format.SYSLOG, 3, "run1c0", 3);
    assertThat(lines.get(0)).endsWith(" run1c0 n1");
    assertThat(lines.get(2)).endsWith(" run1c0 n3");
  }

  private static List<String> lines(Format format, long seed, String mark, int count) {
    LineGenerator generator = new LineGenerator(format, seed, START, mark);
    byte[] target = new byte[generator.maxLine()];
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int end = generator.next(target, 0);
      assertThat(target[end - 1]).isEqualTo((byte) '\n');
      lines.add(new String(target, 0, end - 1, StandardCharsets.UTF_8));
    }
    return lines;
  }
}
