package io.logcaster.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Seeds;
import io.logcaster.query.TemplateNames;
import io.logcaster.record.ByteBuilder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageKeyTest {

  private static final String[] PIECES = {
    "a",
    "x",
    " ",
    " ",
    "7",
    "42",
    "0",
    "?",
    "/",
    "=",
    ".",
    "-",
    ",",
    " ms",
    " KB",
    "for user ",
    "Jan",
    "\u00e9",
    "_",
    "()",
    "(",
    ")",
    ":",
    "id=",
    "/a/b",
    "%"
  };

  private static LongStream seeds() {
    return Seeds.with(1, 2, 3);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void messagesWithOneKey_haveOneTemplate(long seed) {
    Random random = new Random(seed);
    Map<Long, String> templates = new HashMap<>();
    int repeated = 0;
    for (int i = 0; i < 200_000; i++) {
      StringBuilder message = new StringBuilder();
      for (int piece = random.nextInt(7); piece >= 0; piece--) {
        message.append(PIECES[random.nextInt(PIECES.length)]);
      }
      byte[] bytes = message.toString().getBytes(StandardCharsets.UTF_8);
      long key = MessageKey.of(bytes, 0, bytes.length);
      if (key != MessageKey.NONE) {
        String template = template(bytes);
        String known = templates.putIfAbsent(key, template);
        repeated += (known != null) ? 1 : 0;
        assertThat(template)
            .as("template of '%s', %s", message, Seeds.told(seed))
            .isEqualTo((known != null) ? known : template);
      }
    }
    assertThat(repeated).isGreaterThan(1_000);
  }

  @Test
  void numbersAndIds_doNotMatter_unitsDo() {
    assertThat(key("took 5 ms for 3f2a")).isEqualTo(key("took 1234 ms for 99" + "c"));
    assertThat(key("took 5 ms")).isNotEqualTo(key("took x5 ms"));
    assertThat(key("took 5 ms")).isNotEqualTo(key("took 5 KB"));
  }

  private static long key(String message) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    return MessageKey.of(bytes, 0, bytes.length);
  }

  private static String template(byte[] bytes) {
    ByteBuilder text = new ByteBuilder(64);
    TemplateNames.map(bytes, 0, bytes.length, text);
    return new String(text.array(), 0, text.length(), StandardCharsets.UTF_8);
  }
}
