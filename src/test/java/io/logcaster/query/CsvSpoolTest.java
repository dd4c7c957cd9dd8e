package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.record.ByteBuilder;
import io.logcaster.system.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CsvSpoolTest {

  private static void spool(CsvSpool spool, Records records) throws IOException {
    QueryEngine engine = records.engine();
    engine.run(
        engine.parse("* | delete _time, _stream, _stream_id"),
        QueryRange.ALL,
        (rows) -> {
          try {
            spool.add(rows);
          } catch (IOException ex) {
            throw new UncheckedIOException(ex);
          }
          return true;
        },
        () -> false);
  }

  private static String text(CsvSpool spool) throws IOException {
    ByteBuilder all = new ByteBuilder(64);
    spool.writeTo((text) -> all.append(text.array(), 0, text.length()));
    return new String(all.array(), 0, all.length(), StandardCharsets.UTF_8);
  }

  @Test
  void rows_areFilledUpWithLaterColumns() throws Exception {
    try (CsvSpool spool = new CsvSpool(CsvText.SAFE)) {
      spool(spool, new Records().add(Map.of("a", "1\r\n,\"2\"")).add(Map.of("a", "3")));
      spool(spool, new Records().add(Map.of("b", "4", "c", "5")));
      assertThat(text(spool)).isEqualTo("a,b,c\r\n\"1\r\n,\"\"2\"\"\",,\r\n3,,\r\n,4,5\r\n");
    }
  }

  @Test
  void noRows_giveNoText() throws Exception {
    try (CsvSpool spool = new CsvSpool(CsvText.SAFE)) {
      assertThat(text(spool)).isEmpty();
    }
  }

  @Test
  void rowsBeyondMemory_waitInAFile() throws Exception {
    String value = "x".repeat(100_000);
    try (CsvSpool spool = new CsvSpool(CsvText.SAFE)) {
      for (int i = 0; i < 3 * CsvSpool.MEMORY / value.length(); i++) {
        spool(spool, new Records().add(Map.of("f" + i % 3, i + value)));
      }
      assertThat(text(spool).lines())
          .hasSize(3 * CsvSpool.MEMORY / value.length() + 1)
          .startsWith("f0,f1,f2", "0" + value + ",,", ",1" + value + ",")
          .allSatisfy((line) -> assertThat(line.chars().filter((c) -> c == ',')).hasSize(2));
    }
  }

  @Test
  void tooManyRows_areRefusedWithAdvice() throws Exception {
    try (CsvSpool spool = new CsvSpool(CsvText.SAFE, 10)) {
      assertThatThrownBy(() -> spool(spool, new Records().add(Map.of("a", "x".repeat(11)))))
          .isInstanceOfSatisfying(
              ProblemException.class,
              (problem) -> assertThat(problem.code()).isEqualTo("csv_too_large"))
          .hasMessageContaining("| fields");
    }
  }
}
