package io.logcaster.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {

  @Test
  void repair_agreesWithTheLibraryOnRandomBytes() {
    Random random = new Random(5);
    byte[] interesting = {
      'a',
      'z',
      (byte) 0x80,
      (byte) 0xBF,
      (byte) 0xC0,
      (byte) 0xC3,
      (byte) 0xE0,
      (byte) 0xEF,
      (byte) 0xF0,
      (byte) 0xF4,
      (byte) 0xF5,
      (byte) 0xA0,
      (byte) 0x9F,
      (byte) 0x90
    };
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = new byte[random.nextInt(12)];
      for (int b = 0; b < bytes.length; b++) {
        bytes[b] = interesting[random.nextInt(interesting.length)];
      }
      byte[] target = new byte[bytes.length * Utf8.MAX_GROWTH];
      String repaired =
          new String(
              target, 0, Utf8.repair(bytes, 0, bytes.length, target, 0), StandardCharsets.UTF_8);
      String expected = new String(bytes, StandardCharsets.UTF_8);
      assertThat(repaired).isEqualTo(expected);
      assertThat(Utf8.isValid(bytes, 0, bytes.length)).isEqualTo(expected.indexOf('\uFFFD') < 0);
    }
  }

  @Test
  void tokens_areRunsOfLettersDigitsAndUnderscores() {
    assertThat(tokens("GET /api/v1_x?q=grüße&n=42 — 日本語!"))
        .containsExactly("GET", "api", "v1_x", "q", "grüße", "n", "42", "日本語");
    assertThat(tokens(" .,- ")).isEmpty();
  }

  private static List<String> tokens(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<String> tokens = new ArrayList<>();
    Tokens.visit(
        bytes,
        0,
        bytes.length,
        (array, from, to) ->
            tokens.add(new String(array, from, to - from, StandardCharsets.UTF_8)));
    return tokens;
  }
}
