package io.logcaster.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.LogRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DockerPartsTest {

  private static final String A = "a".repeat(16_384);

  /** Docker escapes these, and counts each as one byte. */
  private static final String B = "\\u003c".repeat(16_384);

  private static String line(String text, String stream, int second) {
    return "{\"log\":\"%s\",\"stream\":\"%s\",\"time\":\"2026-11-20T07:08:0%d.5Z\"}\n"
        .formatted(text, stream, second);
  }

  private static List<LogRecord> decode(int limit, int... reads) {
    return decode(TEXT, limit, reads);
  }

  private static List<LogRecord> decode(String text, int limit, int... reads) {
    return Decoding.decode(text.getBytes(StandardCharsets.UTF_8), limit, reads);
  }

  private static final String TEXT =
      line(A, "stdout", 1)
          + line(A, "stderr", 2)
          + line("short\\n", "stdout", 3)
          + line(B, "stderr", 4)
          + line("kurz\\n", "stderr", 5)
          + line("alone\\n", "stdout", 6)
          + line("without line feed", "stdout", 7)
          + line(A, "stdout", 8);

  @Test
  void parts_areJoinedPerOutput() {
    List<String> expected =
        List.of(A + "short", A + "<".repeat(16_384) + "kurz", "alone", "without line feed", A);
    assertThat(decode(256 << 10)).extracting(LogRecord::message).isEqualTo(expected);
    assertThat(decode(256 << 10, 10_000, 30_000, 7))
        .extracting(LogRecord::message)
        .isEqualTo(expected);
  }

  @Test
  void joinedLine_hasTheFieldsOfItsLastPart() {
    LogRecord record = decode(256 << 10).getFirst();
    assertThat(record.value("stream")).isEqualTo("stdout");
    assertThat(Decoding.fields(record)).containsEntry("_time", "2026-11-20T07:08:03.5Z");
  }

  @Test
  void joinedRecordInJson_isParsed() {
    String text =
        line("{\\\"msg\\\":\\\"%s".formatted(A.substring(8)), "stdout", 1)
            + line("end\\\",\\\"level\\\":\\\"warn\\\"}\\n", "stdout", 2);
    assertThat(decode(text, 256 << 10))
        .singleElement()
        .satisfies(
            (record) -> {
              assertThat(record.message()).isEqualTo(A.substring(8) + "end");
              assertThat(record.value("level")).isEqualTo("WARN");
            });
  }

  @Test
  void joinedLineAboveTheLimit_isCut() {
    String text = line(A, "stdout", 1).repeat(5) + line("end\\n", "stdout", 2);
    assertThat(decode(text, 20_000))
        .singleElement()
        .satisfies(
            (record) -> {
              assertThat(record.message()).hasSize(20_000);
              assertThat(record.value("_truncated")).isEqualTo("true");
            });
  }
}
