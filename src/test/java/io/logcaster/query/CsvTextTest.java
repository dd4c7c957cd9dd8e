package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.ByteBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTextTest {

  private static String row(CsvText csv, String... values) {
    ByteBuilder target = new ByteBuilder(64);
    csv.row(List.of(values), target);
    return target.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-2+3",
        "-",
        "-1-1",
        "-a",
        "-2.5s",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "\t=1",
        "\r=1",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff201"
      })
  void formula_isWrittenAsText(String value) {
    assertThat(row(CsvText.SAFE, value)).isEqualTo("\"'" + value + "\"\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "-0.25", "-1e3", "-1.5E-7", "1=2", " =1", "a@b", "'=1", "é", "（"})
  void otherValue_isWrittenAsItIs(String value) {
    assertThat(row(CsvText.SAFE, value)).isEqualTo(value + "\r\n");
  }

  @Test
  void value_onRequest_isWrittenAsItIs() {
    assertThat(row(CsvText.AS_IT_IS, "=1+1", "-a", "+\"x\""))
        .isEqualTo("=1+1,-a,\"+\"\"x\"\"\"\r\n");
  }

  @Test
  void value_withQuotesAndASign_isQuotedOnce() {
    assertThat(row(CsvText.SAFE, "=\"a\",\n", "b")).isEqualTo("\"'=\"\"a\"\",\n\",b\r\n");
  }
}
