package io.logcaster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.cli.LineSource.Format;
import io.logcaster.record.Timestamps;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RealLinesTest {

  private static final long START = Timestamps.parse("2026-11-21T12:00:00Z");

  private static final String MESSAGE = "Failed password for \"root\" from 10.20.113.7 port 52113";

  @TempDir private Path directory;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        directory.resolve("sshd_2k.log"), "Nov 29 10:00:00 " + MESSAGE + "\n\n" + "second\n");
    try (OutputStream packed =
        new GZIPOutputStream(Files.newOutputStream(directory.resolve("web.log.gz")))) {
      packed.write("GET /a ERROR 500\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  private List<String> lines(Format format, long seed, int count) throws IOException {
    RealLines real = RealLines.read(List.of(directory.toString()), 8, format);
    assertThat(real.lineCount()).isEqualTo(3);
    assertThat(real.streamCount()).isEqualTo(8);
    LineSource source = real.source(format, seed, START, "");
    byte[] target = new byte[source.maxLine()];
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int end = source.next(target, 0);
      lines.add(new String(target, 0, end - 1, StandardCharsets.UTF_8));
    }
    return lines;
  }

  @Test
  void json_isOneObjectPerLine_withTheWordsOfTheFileAndOtherNumbers() throws IOException {
    JsonMapper json = new JsonMapper();
    List<JsonNode> records = lines(Format.JSON, 1, 2_000).stream().map(json::readTree).toList();

    assertThat(records)
        .allSatisfy(
            (record) ->
                assertThat(record.propertyNames())
                    .containsExactly("_time", "level", "host", "app", "_msg"));
    List<String> failed =
        records.stream()
            .map((record) -> record.get("_msg").asString())
            .filter((message) -> message.startsWith("Failed"))
            .toList();
    assertThat(failed)
        .allMatch(
            (message) ->
                message.matches(
                    "Failed password for \"root\" from 10\\.20\\.[12]\\d\\d\\.\\d port 5\\d{4}"));
    assertThat(new HashSet<>(failed)).hasSizeGreaterThan(100);
    assertThat(records.stream().map((record) -> record.get("app").asString()))
        .containsOnly("sshd", "web");
    assertThat(
            records.stream()
                .map((record) -> record.get("host").asString() + record.get("app").asString())
                .collect(Collectors.toSet()))
        .hasSize(8);
    assertThat(records)
        .filteredOn((record) -> record.get("app").asString().equals("web"))
        .allMatch((record) -> record.get("level").asString().equals("ERROR"));
  }

  @Test
  void times_advance() throws IOException {
    List<Long> times =
        lines(Format.RAW, 1, 500).stream()
            .map((line) -> Timestamps.parse(line.substring(0, line.indexOf(' '))))
            .toList();

    assertThat(times).isSorted().first().matches((time) -> time > START);
  }

  @Test
  void sameSeed_givesTheSameLines() throws IOException {
    assertThat(lines(Format.SYSLOG, 5, 300)).isEqualTo(lines(Format.SYSLOG, 5, 300));
    assertThat(lines(Format.SYSLOG, 6, 300)).isNotEqualTo(lines(Format.SYSLOG, 5, 300));
  }

  @Test
  void nothingToRead_isReported() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty"));

    assertThatThrownBy(() -> RealLines.read(List.of(empty.toString()), 8, Format.RAW))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("empty: no lines there");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Jun 14 15:16:01 combo sshd: x | combo sshd: x",
        "[Sun Dec 04 04:47:44 2005] [error] x | [error] x",
        "081109 203615 148 INFO x | 148 INFO x",
        "17/06/09 20:10:40 INFO x | INFO x",
        "2026-11-29T10:00:00.123Z INFO x | INFO x",
        "2026-11-29 10:00:00,123 INFO x | INFO x",
        "12 monkeys | 12 monkeys",
        "no time at all | no time at all"
      })
  void leadingTime_isRemoved(String line, String rest) {
    assertThat(line.substring(LeadingTime.length(line))).isEqualTo(rest);
  }
}
