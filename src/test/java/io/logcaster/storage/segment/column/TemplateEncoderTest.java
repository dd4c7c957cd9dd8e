package io.logcaster.storage.segment.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.Hash;
import io.logcaster.record.Tokens;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TemplateEncoderTest {

  /** A maximal run of word characters or anything beyond ASCII, with a digit in it. */
  private static final Pattern VARIABLE =
      Pattern.compile("[\\w\u0080-\uffff]*\\d[\\w\u0080-\uffff]*");

  private static final List<String> PIECES =
      List.of("7", "12", "0", "007", "1234567", "12345678", "123456789012345678901", "a", "user");

  private static final List<String> MORE =
      List.of(
          "deadbeef0123", "DEADBEEF", "x9", "9x", "é", "é4", "4é", "_", "", " ", "=", ": ", "-");

  /** Values of the same beginning, end and length, in which other runs have digits. */
  private static String value(Random random) {
    StringBuilder text = new StringBuilder("event 1 ");
    int length = 1 + random.nextInt(5);
    for (int i = 0; i < length; i++) {
      List<String> pieces = random.nextBoolean() ? PIECES : MORE;
      text.append(pieces.get(random.nextInt(pieces.size())));
      if (random.nextInt(3) > 0) {
        text.append(' ');
      }
    }
    return text.append(" finished").toString();
  }

  private static TextSlices slices(List<String> values, int spare) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int[] starts = new int[values.size()];
    int[] ends = new int[values.size()];
    for (int i = 0; i < values.size(); i++) {
      starts[i] = all.size();
      all.writeBytes(values.get(i).getBytes(StandardCharsets.UTF_8));
      ends[i] = all.size();
    }
    all.writeBytes(new byte[spare]);
    return new TextSlices(all.toByteArray(), starts, ends, values.size());
  }

  private static Set<Long> words(List<String> values) {
    Set<Long> words = new HashSet<>();
    for (String value : values) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      Tokens.visit(
          bytes, 0, bytes.length, (text, from, to) -> words.add(Tokens.hash(text, from, to)));
    }
    return words;
  }

  @Test
  void analyze_valuesThatAreGuessed_haveTheTemplatesAndWordsOfTheRule() {
    Random random = new Random(5);
    TemplateEncoder encoder = new TemplateEncoder(new LongsEncoder());
    for (int round = 0; round < 200; round++) {
      List<String> values = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        values.add((i > 0 && random.nextBoolean()) ? values.get(random.nextInt(i)) : value(random));
      }
      TokenSet tokens = new TokenSet();
      assertThat(encoder.analyze(slices(values, random.nextInt(9)), tokens)).isTrue();
      Map<String, Integer> templates = new HashMap<>();
      for (int i = 0; i < values.size(); i++) {
        String template = VARIABLE.matcher(values.get(i)).replaceAll("\0");
        int number = templates.computeIfAbsent(template, (any) -> templates.size());
        assertThat(encoder.template(i)).as(values.get(i)).isEqualTo(number);
      }
      assertThat(encoder.count()).isEqualTo(templates.size());
      Set<Long> found = new HashSet<>();
      tokens.forEach(found::add);
      assertThat(found).isEqualTo(words(values));
    }
  }

  @Test
  void head_upToSevenBytes_isTheHashOfTheBytes() {
    byte[] bytes = "01234567".getBytes(StandardCharsets.US_ASCII);
    for (int length = 1; length < 8; length++) {
      assertThat(Hash.head(0x3736353433323130L, length)).isEqualTo(Hash.bytes(bytes, 0, length, 0));
    }
  }
}
