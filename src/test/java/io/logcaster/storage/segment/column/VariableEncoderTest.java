package io.logcaster.storage.segment.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.Bitmap;
import io.logcaster.record.BytesPredicate;
import io.logcaster.record.TextShape.Gap;
import io.logcaster.record.Verdict.GapCondition;
import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.BodyWriter;
import io.logcaster.storage.segment.bytes.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Encoding restores a variable's values byte for byte; filters select the same values as on text.
 */
class VariableEncoderTest {

  private final LongsEncoder longs = new LongsEncoder();

  private final VariableEncoder encoder = new VariableEncoder(longs);

  private VariableLayout layout;

  private VariableValues values;

  private void encode(List<String> texts) throws MalformedException {
    byte[] bytes = String.join(" ", texts).getBytes(StandardCharsets.UTF_8);
    TemplateVariables variables = new TemplateVariables();
    int[] slot = new int[texts.size()];
    int at = 0;
    for (int i = 0; i < slot.length; i++) {
      slot[i] = i;
      at = variables.add(bytes, at, bytes.length) + 1;
    }
    try (BodyWriter body = new BodyWriter()) {
      encoder.encode(bytes, variables, slot, slot.length, body);
      BodyReader reader = Bodies.read(body);
      layout = VariableLayout.read(reader, slot.length);
      values = layout.values(reader);
    }
  }

  /** Returns a value with its affixes. */
  private byte[] whole(int index) {
    byte[] inner = inner(index);
    byte[] whole = Arrays.copyOf(layout.prefix(), layout.prefix().length + inner.length);
    System.arraycopy(inner, 0, whole, layout.prefix().length, inner.length);
    byte[] suffix = layout.suffix();
    byte[] all = Arrays.copyOf(whole, whole.length + suffix.length);
    System.arraycopy(suffix, 0, all, whole.length, suffix.length);
    return all;
  }

  private byte[] inner(int index) {
    byte[] target = new byte[values.maxInnerLength()];
    return Arrays.copyOf(target, values.writeInner(index, target, 0));
  }

  private static List<String> texts(int count, IntFunction<String> text) {
    return IntStream.range(0, count).mapToObj(text).toList();
  }

  static Stream<Arguments> kinds() {
    Random random = new Random(3);
    return Stream.of(
        kind(ConstantVariable.class, texts(5, (i) -> "zz1")),
        kind(NumberVariable.class, texts(20, (i) -> "" + i * 37)),
        kind(NumberVariable.class, texts(20, (i) -> "id" + i + "x")),
        kind(NumberVariable.class, List.of("0", "999999999999999999")),
        kind(DigitsVariable.class, texts(20, (i) -> "%05d".formatted(i))),
        kind(DigitsVariable.class, texts(20, (i) -> "v%05dz".formatted(i))),
        kind(HexVariable.class, texts(20, (i) -> "%016x".formatted(random.nextLong()))),
        kind(HexVariable.class, texts(20, (i) -> "%08X".formatted(random.nextInt()))),
        kind(HexVariable.class, texts(20, (i) -> "x%07x".formatted((i * 7654321) >>> 4))),
        kind(
            DictionaryVariable.class,
            texts(40, (i) -> "éz%dy%s".formatted(i % 3, "zz".repeat(i % 3)))),
        kind(TextVariable.class, texts(4, (i) -> "%sq1".formatted("g".repeat(i)))));
  }

  private static Arguments kind(Class<?> kind, List<String> texts) {
    return Arguments.of(kind, texts);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void encode_valuesOfOneForm_choosesTheirKind(Class<?> kind, List<String> texts)
      throws MalformedException {
    encode(texts);

    assertThat(layout).isInstanceOf(kind);
    for (int i = 0; i < texts.size(); i++) {
      assertThat(new String(whole(i), StandardCharsets.UTF_8)).isEqualTo(texts.get(i));
    }
  }

  @Property(tries = 500)
  void encode_anyValues_restoresAndFiltersThemAsText(@ForAll long seed) throws MalformedException {
    Random random = new Random(seed);
    List<String> texts = texts(random);
    encode(texts);

    Gap gap = layout.gap();
    for (int i = 0; i < texts.size(); i++) {
      assertThat(new String(whole(i), StandardCharsets.UTF_8)).isEqualTo(texts.get(i));
      byte[] inner = inner(i);
      assertThat(inner.length).isBetween(gap.minLength(), gap.maxLength());
      for (byte b : inner) {
        assertThat(gap.alphabet().has(b)).isTrue();
      }
    }
    byte[] wanted = inner(random.nextInt(texts.size()));
    if (wanted.length > 0 && random.nextInt(3) == 0) {
      wanted[random.nextInt(wanted.length)] = (byte) "0aFz".charAt(random.nextInt(4));
    }
    checkFilter(texts, wanted, wanted, false, random);
    checkFilter(texts, wanted, null, false, random);
    checkFilter(texts, whole(random.nextInt(texts.size())), null, true, random);
  }

  /** Compares a filter for equal values with comparing each value. */
  private void checkFilter(
      List<String> texts, byte[] wanted, byte @Nullable [] equal, boolean whole, Random random) {
    BytesPredicate test =
        (bytes, from, to) -> Arrays.equals(bytes, from, to, wanted, 0, wanted.length);
    Bitmap expected = Bitmap.all(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      if (random.nextInt(4) == 0) {
        expected.clear(i);
      }
    }
    Bitmap kept = expected.copy();
    for (int i = expected.next(0); i >= 0; i = expected.next(i + 1)) {
      if (!Arrays.equals(whole ? whole(i) : inner(i), wanted)) {
        expected.clear(i);
      }
    }
    values.retain(kept, new GapCondition(0, equal, test), whole);
    assertThat(kept).as("%s of %s", layout.getClass().getSimpleName(), texts).isEqualTo(expected);
  }

  private static List<String> texts(Random random) {
    int count = 1 + random.nextInt(60);
    int kind = random.nextInt(9);
    int width = 1 + random.nextInt(20);
    String prefix = random.nextBoolean() ? "" : any(random, 3);
    String suffix = random.nextBoolean() ? "" : any(random, 3);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long number = random.nextLong() >>> random.nextInt(64);
      String digits = Long.toUnsignedString(number);
      String fixed = "0".repeat(20) + digits;
      String hex = "0".repeat(16) + Long.toHexString(number);
      String inner =
          switch (kind) {
            case 0 -> digits;
            case 1 -> fixed.substring(fixed.length() - width);
            case 2 -> hex.substring(hex.length() - Math.min(width, 16));
            case 3 -> hex.substring(hex.length() - Math.min(width, 16)).toUpperCase(Locale.ROOT);
            case 4 -> any(random, 1 + random.nextInt(12));
            case 5 -> "w" + random.nextInt(5);
            case 6 -> "é" + Math.floorMod(number, 7) + "ü";
            case 7 -> hex + digits;
            default -> (random.nextInt(5) == 0) ? any(random, 2) : digits;
          };
      texts.add(prefix + inner + suffix);
    }
    return texts;
  }

  private static String any(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append("0129afAFgzGZ_éü".charAt(random.nextInt(15)));
    }
    return text.toString();
  }
}
