package io.logcaster.storage.segment.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.Tokens;
import io.logcaster.storage.segment.bytes.ByteSink;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A filter admits all of its words and few others. */
class BloomFilterTest {

  private static final int ABSENT = 50_000;

  private static long hash(String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    return Tokens.hash(bytes, 0, bytes.length);
  }

  private static ByteSink filter(TokenSet tokens) {
    BloomFilter.Builder builder = new BloomFilter.Builder();
    builder.begin(tokens.size());
    tokens.addTo(builder);
    ByteSink bytes = new ByteSink(64);
    builder.writeTo(bytes);
    return bytes;
  }

  private static boolean mayContain(ByteSink filter, String word) {
    return BloomFilter.mayContain(
        MemorySegment.ofArray(filter.array()), 0, filter.length(), hash(word));
  }

  /** The expected false-positive rate: (1 - e^(-probes × words / bits))^probes. */
  private static double theory(int words, int bytes) {
    double set = 1 - Math.exp(-(double) BloomFilter.PROBES * words / (bytes * 8.0));
    return Math.pow(set, BloomFilter.PROBES);
  }

  /** Tests words that differ in one digit, as in logs, and words that have nothing in common. */
  @ParameterizedTest
  @CsvSource({"100, true", "1000, true", "1000, false", "20000, true", "20000, false"})
  void mayContain_absentWords_isRarelyTrue(int words, boolean alike) {
    Random random = new Random(words);
    TokenSet tokens = new TokenSet();
    for (int i = 0; i < words; i++) {
      byte[] word = word(i, alike, random).getBytes(StandardCharsets.UTF_8);
      tokens.token(word, 0, word.length);
    }
    ByteSink filter = filter(tokens);
    int passed = 0;
    for (int i = words; i < words + ABSENT; i++) {
      passed += mayContain(filter, word(i, alike, random)) ? 1 : 0;
    }
    double theory = theory(words, filter.length());
    assertThat(theory).isLessThan(0.01);
    assertThat((double) passed / ABSENT).isLessThanOrEqualTo(2 * theory);
  }

  private static String word(int index, boolean alike, Random random) {
    return alike ? "blk_" + index : Long.toString(random.nextLong(), 36) + index;
  }

  @Property(tries = 100)
  void mayContain_addedWords_isTrue(@ForAll long seed) {
    Random random = new Random(seed);
    String[] words = new String[random.nextInt(3_000)];
    TokenSet tokens = new TokenSet();
    for (int i = 0; i < words.length; i++) {
      words[i] = Long.toString(random.nextLong() >>> random.nextInt(60), 36);
      tokens.add(hash(words[i]));
    }
    ByteSink filter = filter(tokens);
    assertThat(words).allMatch((word) -> mayContain(filter, word));
  }
}
