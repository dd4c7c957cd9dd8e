package io.logcaster.storage.segment.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalDigitsTest {

  private static long word(String eight) {
    return ByteBuffer.wrap(eight.getBytes(StandardCharsets.ISO_8859_1))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getLong();
  }

  @Test
  void leading_anyByteAfterDigits_countsTheDigits() {
    for (int digits = 0; digits < 8; digits++) {
      for (int c = 0; c < 256; c++) {
        if (c < '0' || c > '9') {
          String text = "90125678".substring(0, digits) + (char) c + "3456789";
          assertThat(DecimalDigits.leading(word(text.substring(0, 8)))).isEqualTo(digits);
        }
      }
    }
    assertThat(DecimalDigits.leading(word("00999999"))).isEqualTo(8);
  }

  @Test
  void read_digitsBeforeOtherBytes_isTheNumber() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      int length = 1 + random.nextInt(8);
      String text = "%08d".formatted(random.nextInt(100_000_000)).substring(0, length);
      String rest = "/:a\u00ff9-0 ".substring(random.nextInt(5)) + "zzzzzzzz";
      assertThat(DecimalDigits.read(word((text + rest).substring(0, 8)), length))
          .isEqualTo(Long.parseLong(text));
    }
  }

  @Test
  void blurred_digits_becomeZerosAndOthersStay() {
    assertThat(DecimalDigits.blurred(word("a1:9/0\u00b5z"))).isEqualTo(word("a0:0/0\u00b5z"));
    assertThat(DecimalDigits.blurred(word("\u0001?Oo\u007f/:\u00f9")))
        .isEqualTo(word("\u0001?Oo\u007f/:\u00f9"));
  }
}
