package io.logcaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextInputTest {

  /** Reads one byte at a time, which splits every character. */
  private static String read(byte[] content) throws IOException {
    InputStream slow =
        new ByteArrayInputStream(content) {
          @Override
          public synchronized int read(byte[] target, int at, int length) {
            return super.read(target, at, Math.min(1, length));
          }
        };
    return new String(new TextInput(slow).readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void text_isReadAsUtf8_withoutByteOrderMark() throws IOException {
    String text = "\u00e4rger \ud83d\ude00\r\nlast";
    for (Charset charset :
        new Charset[] {
          StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE
        }) {
      assertThat(read(("\ufeff" + text).getBytes(charset))).as(charset.name()).isEqualTo(text);
    }
    assertThat(read(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
  }

  @Test
  void emptyInput_andPartialMarks_areUnchanged() throws IOException {
    assertThat(read(new byte[0])).isEmpty();
    assertThat(read(new byte[] {(byte) 0xEF})).isEqualTo("\ufffd");
    assertThat(read(new byte[] {(byte) 0xFF, (byte) 0xFE})).isEmpty();
    assertThat(read(new byte[] {(byte) 0xFF, (byte) 0xFE, 'a', 0, 'b'})).isEqualTo("a\ufffd");
  }
}
