package io.logcaster.storage.segment.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.record.Hash;
import io.logcaster.storage.segment.bytes.ByteSink;
import io.logcaster.storage.segment.bytes.ByteSource;
import io.logcaster.storage.segment.bytes.MalformedException;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A map gives every key its number. */
class FuseMapTest {

  /** Lookups load eight bytes; in a segment, the footer follows. */
  private static final int PADDING = 8;

  private static final int BEFORE = 3;

  private static void check(long[] keys, char[] numbers, int count, int width)
      throws MalformedException {
    ByteSink bytes = new ByteSink(64);
    bytes.put(new byte[BEFORE], 0, BEFORE);
    new FuseMap.Builder().write(keys, numbers, count, width, bytes);
    int end = bytes.length();
    bytes.put(new byte[PADDING], 0, PADDING);
    FuseMap map = FuseMap.read(new ByteSource(bytes.array(), BEFORE, end), 0);
    MemorySegment memory = MemorySegment.ofArray(bytes.array());
    for (int i = 0; i < count; i++) {
      assertThat(map.get(memory, keys[i])).isEqualTo(numbers[i]);
    }
  }

  private static char[] numbers(int count, int width, Random random) {
    char[] numbers = new char[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (char) random.nextInt(1 << width);
    }
    return numbers;
  }

  @Property(tries = 200)
  void everyKey_hasItsNumber(@ForAll long seed) throws MalformedException {
    Random random = new Random(seed);
    int width = 1 + random.nextInt(FuseMap.MAX_WIDTH);
    int count = random.nextInt(random.nextBoolean() ? 20 : 3_000);
    long[] keys = new long[count + random.nextInt(3)];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = Hash.mix(seed + i);
    }
    check(keys, numbers(count, width, random), count, width);
  }

  /** Keys differ in few bits, as hashes never do. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100, 70_000})
  void successiveKeys_haveTheirNumbers(int count) throws MalformedException {
    long[] keys = new long[count];
    for (int i = 0; i < count; i++) {
      keys[i] = i;
    }
    check(keys, numbers(count, 9, new Random(count)), count, 9);
  }

  @Test
  void largeMaps_takeLittleMoreThanTheirNumbers() {
    int count = 50_000;
    long[] keys = new long[count];
    for (int i = 0; i < count; i++) {
      keys[i] = Hash.mix(i);
    }
    ByteSink bytes = new ByteSink(64);
    new FuseMap.Builder().write(keys, new char[count], count, 8, bytes);
    assertThat(bytes.length()).isBetween(count, count * 5 / 4);
  }

  @Test
  void equalKeys_areRefused() {
    assertThatThrownBy(
            () -> new FuseMap.Builder().write(new long[2], new char[2], 2, 4, new ByteSink(64)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2 keys");
  }

  @Test
  void malformedHeads_areRejected() {
    Random random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      try {
        FuseMap map = FuseMap.read(new ByteSource(bytes, 0, bytes.length), 0);
        assertThat(map.width()).isBetween(1, FuseMap.MAX_WIDTH);
      } catch (MalformedException ex) {
        assertThat(ex).hasMessageMatching(".+");
      }
    }
  }
}
