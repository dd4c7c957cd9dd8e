package io.logcaster.storage.segment.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.BodyWriter;
import io.logcaster.storage.segment.bytes.ByteSink;
import io.logcaster.storage.segment.bytes.MalformedException;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layout restores the encoded numbers. */
class LongsEncoderTest {

  private final LongsEncoder encoder = new LongsEncoder();

  private void check(long[]... sequences) throws MalformedException {
    try (BodyWriter body = new BodyWriter()) {
      for (long[] values : sequences) {
        long[] before = values.clone();
        encoder.encode(values, values.length, body);
        assertThat(values).isEqualTo(before);
      }
      BodyReader reader = Bodies.read(body);
      LongsLayout[] layouts = new LongsLayout[sequences.length];
      for (int i = 0; i < layouts.length; i++) {
        layouts[i] = LongsLayout.read(reader, sequences[i].length);
      }
      // The description alone says where the next numbers begin.
      for (int i = layouts.length - 1; i >= 0; i--) {
        assertThat(layouts[i].decode(reader)).isEqualTo(sequences[i]);
      }
    }
  }

  static Stream<long[]> edges() {
    return Stream.of(
        new long[] {},
        new long[] {0},
        new long[] {Long.MIN_VALUE},
        new long[] {Long.MIN_VALUE, Long.MAX_VALUE},
        new long[] {Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE},
        new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE},
        new long[] {7, 7, 7, 7},
        LongStream.range(0, 1000).map((i) -> Long.MAX_VALUE - i).toArray(),
        LongStream.range(0, 1000).map((i) -> (i % 2 == 0) ? Long.MIN_VALUE : 3).toArray(),
        LongStream.range(0, 1000).map((i) -> (i == 500) ? Long.MIN_VALUE : i % 3).toArray(),
        LongStream.range(0, 64).map((i) -> 1L << i).toArray());
  }

  @ParameterizedTest
  @MethodSource("edges")
  void encode_valuesAtTheEdges_restoresThem(long[] values) throws MalformedException {
    check(values);
  }

  @Property(tries = 400)
  void encode_severalSequences_restoresEach(@ForAll long seed) throws MalformedException {
    Random random = new Random(seed);
    long[][] sequences = new long[1 + random.nextInt(4)][];
    for (int i = 0; i < sequences.length; i++) {
      sequences[i] = sequence(random);
    }
    check(sequences);
  }

  private static long[] sequence(Random random) {
    int count = random.nextInt(random.nextBoolean() ? 70 : 2_000);
    int width = 1 + random.nextInt(64);
    long base = random.nextLong() >> random.nextInt(64);
    int kind = random.nextInt(5);
    long[] values = new long[count];
    long before = base;
    for (int i = 0; i < count; i++) {
      long bits = random.nextLong() >>> (64 - width);
      values[i] =
          switch (kind) {
            case 0 -> base + bits;
            case 1 -> before + (bits >>> (width / 2));
            case 2 -> base + bits % 17;
            // Few large values among small ones.
            case 3 -> base + ((random.nextInt(50) == 0) ? bits : bits & 0xF);
            default -> base + (long) (random.nextGaussian() * (1L << Math.min(width, 50)));
          };
      before = values[i];
    }
    return values;
  }

  static Stream<Arguments> bounds() {
    Random random = new Random(5);
    return Stream.of(
        bound("constant", (i) -> 42, 0.1),
        bound("ascending", (i) -> 1_000_000 + 3 * i, 0.1),
        bound("a hundred values", (i) -> 1_000_000L * random.nextInt(100), 1.1),
        bound("ten bits", (i) -> random.nextInt(1024), 1.35),
        bound("small with rare large ones", (i) -> i % 100 == 0 ? 1L << 40 : i * 7 % 16, 1.0));
  }

  private static Arguments bound(String name, LongUnaryOperator value, double bytes) {
    return Arguments.of(name, LongStream.range(0, 10_000).map(value).toArray(), bytes);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bounds")
  void encode_regularValues_takesFewBytesPerValue(String name, long[] values, double bytes) {
    try (BodyWriter body = new BodyWriter()) {
      encoder.encode(values, values.length, body);
      int length = body.writeTo(new ByteSink(1 << 10));
      assertThat((double) length / values.length).as(name).isLessThanOrEqualTo(bytes);
    }
  }
}
