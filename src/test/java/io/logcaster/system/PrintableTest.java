package io.logcaster.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class PrintableTest {

  @ParameterizedTest
  @CsvSource({
    "plain text, plain text",
    "grüße 日本 🔥, grüße 日本 🔥",
    "'\u001b[31mred', ␛[31mred",
    "'a\rb\u0000c\u007f', ␍",
    "'\u009b31m', \uFFFD31m",
    "'abc\u202Ecba', abc\uFFFDcba",
    "'\u2066x\u2069\u200F', \uFFFDx\uFFFD\uFFFD"
  })
  void controlCharacter_isReplacedByItsPicture(String text, String expected) {
    assertThat(Printable.of(text)).contains(expected).isEqualTo(Printable.line(text));
  }

  @Test
  void lineFeeds_areKeptInText_andReplacedInALine() {
    assertThat(Printable.of("a\n\tb")).isEqualTo("a\n\tb");
    assertThat(Printable.line("a\n\tb\u2028c")).isEqualTo("a␊␉b\uFFFDc");
  }

  @Test
  void json_keepsItsMeaning() {
    JsonMapper json = new JsonMapper();
    String text = "{\"a\":\"\u009b31m\u202e\u007f \u2028 ü🔥\"}";
    String safe = Printable.json(text);
    assertThat(safe).contains("\\u009b", "\\u202e", "\\u007f", "ü🔥").doesNotContain("\u009b");
    assertThat(json.readTree(safe)).isEqualTo(json.readTree(text));
    assertThat(Printable.json("{}")).isEqualTo("{}");
  }
}
