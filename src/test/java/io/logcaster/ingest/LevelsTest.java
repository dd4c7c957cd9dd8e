package io.logcaster.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.Severity;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LevelsTest {

  private static String name(String text, LevelScale scale) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Severity.name(Levels.parse(bytes, 0, bytes.length, scale));
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "VRB,TRACE",
        "DBG,DEBUG",
        "INF,INFO",
        "WRN,WARN",
        "ERR,ERROR",
        "FTL,FATAL",
        "trce,TRACE",
        "dbug,DEBUG",
        "fail,ERROR",
        "crit,ERROR",
        "dpanic,FATAL",
        "EMERGENCY,FATAL",
        "WARN ,WARN",
        " Info,INFO",
        "[error],ERROR",
        "<Warning>,WARN",
        "\"debug\",DEBUG",
        "error:,ERROR",
        "\u001b[31merror\u001b[39m,ERROR",
        "\u001b[1;33mWARN\u001b[0m,WARN",
        "[\u001b[32mINFO\u001b[0m],INFO",
        "ERRO,ERROR",
        "EROR,ERROR"
      })
  void decoratedSpellings_areKnown(String text, String expected) {
    assertThat(name(text, LevelScale.ANY)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "[]", "\u001b[31m", "\u001b", "no level", "error in x", "12345"})
  void otherTexts_areNotLevels(String text) {
    assertThat(name(text, LevelScale.ANY)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ANY,3,ERROR",
    "ANY,30,INFO",
    "ANY,17,ERROR",
    "SYSLOG,7,DEBUG",
    "SYSLOG,8,''",
    "PINO,60,FATAL",
    "PINO,3,''",
    "PYTHON,30,WARN",
    "PYTHON,50,ERROR",
    "OTEL,10,INFO",
    "NEXTCLOUD,0,DEBUG",
    "NEXTCLOUD,3,ERROR",
    "NEXTCLOUD,5,''",
    "DOT_NET,3,WARN",
    "DOT_NET,5,FATAL",
    "MONOLOG,250,INFO"
  })
  void numbers_areReadByTheirScale(LevelScale scale, String number, String expected) {
    assertThat(name(number, scale)).isEqualTo(expected);
  }
}
