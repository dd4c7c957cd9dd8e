package io.logcaster.storage.segment.column;

import io.logcaster.record.TextShape.Alphabet;
import io.logcaster.record.TextShape.Gap;
import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.ByteSink;
import io.logcaster.storage.segment.bytes.MalformedException;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one variable of a template are kept in a column's body: the description of what
 * {@link VariableEncoder} wrote. The values themselves are {@link VariableValues}. Immutable.
 */
public final class VariableLayout {

  /** All values are the prefix. */
  static final int CONSTANT = 0;

  /** Decimal numbers without leading zeros. */
  static final int NUMBER = 1;

  /** Decimal digits, always as many. */
  static final int DIGITS = 2;

  /** Hexadecimal digits with lower-case letters, always as many, four bits each. */
  static final int LOWER_HEX = 3;

  /** The same with upper-case letters. */
  static final int UPPER_HEX = 4;

  /** Few distinct values, one byte each. */
  static final int DICTIONARY = 5;

  /** Anything. */
  static final int TEXT = 6;

  /** In the kind: a common beginning of all values precedes. */
  static final int PREFIX = 0x10;

  /** In the kind: a common ending of all values precedes. */
  static final int SUFFIX = 0x20;

  static final int MAX_DICTIONARY = 256;

  /** 10^18 fits a long, with room for a difference of two. */
  public static final int MAX_DIGITS = 18;

  private static final byte[] NOTHING = new byte[0];

  private static final int[] NO_ENDS = {};

  private static final long[] NO_NUMBERS = {};

  private static final byte[] TWO_DIGITS = new byte[200];

  static {
    for (int i = 0; i < 100; i++) {
      TWO_DIGITS[i * 2] = (byte) ('0' + i / 10);
      TWO_DIGITS[i * 2 + 1] = (byte) ('0' + i % 10);
    }
  }

  private final int kind;

  private final byte[] prefix;

  private final byte[] suffix;

  /** Digits of a value with a fixed number of them. */
  private final int digits;

  /** Numbers, or lengths of texts; null for the others. */
  private final @Nullable LongsLayout longs;

  /** Where packed digits, texts or codes begin. */
  private final int at;

  /** The entries of a dictionary, one behind the other, and where each ends. */
  private final byte[] entries;

  private final int[] entryEnds;

  private final int count;

  private VariableLayout(
      int kind,
      byte[] prefix,
      byte[] suffix,
      int digits,
      @Nullable LongsLayout longs,
      int at,
      byte[] entries,
      int[] entryEnds,
      int count) {
    this.kind = kind;
    this.prefix = prefix;
    this.suffix = suffix;
    this.digits = digits;
    this.longs = longs;
    this.at = at;
    this.entries = entries;
    this.entryEnds = entryEnds;
    this.count = count;
  }

  /** Reads the description of a number of values, and steps over them. */
  public static VariableLayout read(BodyReader body, int count) throws MalformedException {
    int head = body.meta.get();
    int kind = head & 0xF;
    byte[] prefix = ((head & PREFIX) != 0) ? body.meta.getSized() : NOTHING;
    byte[] suffix = ((head & SUFFIX) != 0) ? body.meta.getSized() : NOTHING;
    return switch (kind) {
      case CONSTANT ->
          new VariableLayout(kind, prefix, suffix, 0, null, 0, NOTHING, NO_ENDS, count);
      case NUMBER -> {
        LongsLayout longs = LongsLayout.read(body, count);
        yield new VariableLayout(
            kind, prefix, suffix, MAX_DIGITS, longs, 0, NOTHING, NO_ENDS, count);
      }
      case DIGITS -> {
        int digits = body.meta.getCount(MAX_DIGITS);
        LongsLayout longs = LongsLayout.read(body, count);
        yield new VariableLayout(kind, prefix, suffix, digits, longs, 0, NOTHING, NO_ENDS, count);
      }
      case LOWER_HEX, UPPER_HEX -> {
        int digits = body.meta.getCount(BodyReader.MAX_AREA);
        long packed = ((long) count * digits + 1) / 2;
        if (packed > body.hard.remaining()) {
          throw new MalformedException("hexadecimal digits end early");
        }
        int from = body.hard.take((int) packed);
        yield new VariableLayout(kind, prefix, suffix, digits, null, from, NOTHING, NO_ENDS, count);
      }
      case DICTIONARY -> dictionary(body, count, prefix, suffix);
      case TEXT -> text(body, count, prefix, suffix);
      default -> throw new MalformedException("kind " + kind + " of words");
    };
  }

  private static VariableLayout dictionary(BodyReader body, int count, byte[] prefix, byte[] suffix)
      throws MalformedException {
    int[] ends = new int[body.meta.getCount(MAX_DICTIONARY)];
    ByteSink entries = new ByteSink(256);
    for (int i = 0; i < ends.length; i++) {
      int length = body.meta.getCount(body.meta.remaining());
      int from = body.meta.take(length);
      entries.put(body.meta.array(), from, from + length);
      ends[i] = entries.length();
    }
    int codes = body.soft.take(count);
    return new VariableLayout(
        DICTIONARY, prefix, suffix, 0, null, codes, entries.toByteArray(), ends, count);
  }

  private static VariableLayout text(BodyReader body, int count, byte[] prefix, byte[] suffix)
      throws MalformedException {
    LongsLayout lengths = LongsLayout.read(body, count);
    long used = 0;
    // How much text there is tells where the next values begin, so it is read here already.
    for (long length : lengths.decode(body)) {
      if (length < 0 || length > body.soft.remaining() - used) {
        throw new MalformedException("word of " + length + " bytes");
      }
      used += length;
    }
    int from = body.soft.take((int) used);
    return new VariableLayout(TEXT, prefix, suffix, 0, lengths, from, NOTHING, NO_ENDS, count);
  }

  /** Whether all values are the same, which is {@link #prefix}. */
  boolean isConstant() {
    return kind == CONSTANT;
  }

  /** What all values begin with. */
  byte[] prefix() {
    return prefix;
  }

  /** What all values end with. */
  byte[] suffix() {
    return suffix;
  }

  /** What stands between {@link #prefix} and {@link #suffix}. */
  Gap gap() {
    return switch (kind) {
      case NUMBER -> new Gap(Alphabet.DIGITS, 1, MAX_DIGITS);
      case DIGITS -> new Gap(Alphabet.DIGITS, digits, digits);
      case LOWER_HEX -> new Gap(Alphabet.LOWER_HEX, digits, digits);
      case UPPER_HEX -> new Gap(Alphabet.UPPER_HEX, digits, digits);
      case DICTIONARY -> entriesGap();
      default -> new Gap(Alphabet.ANY, 0, Integer.MAX_VALUE);
    };
  }

  private Gap entriesGap() {
    boolean word = true;
    for (byte b : entries) {
      word &= Alphabet.WORD.has(b);
    }
    int min = Integer.MAX_VALUE;
    int max = 0;
    for (int i = 0; i < entryEnds.length; i++) {
      int length = entryEnds[i] - ((i == 0) ? 0 : entryEnds[i - 1]);
      min = Math.min(min, length);
      max = Math.max(max, length);
    }
    return new Gap(word ? Alphabet.WORD : Alphabet.ANY, Math.min(min, max), max);
  }

  /**
   * Reads the values.
   *
   * @param body the body that the description was read from, or the same one read again
   */
  public VariableValues values(BodyReader body) throws MalformedException {
    long[] numbers = (longs != null) ? longs.decode(body) : NO_NUMBERS;
    switch (kind) {
      case NUMBER, DIGITS -> checkDigits(numbers);
      case DICTIONARY -> {
        byte[] codes = body.soft.array();
        for (int i = 0; i < count; i++) {
          if ((codes[at + i] & 0xff) >= entryEnds.length) {
            throw new MalformedException("code beyond " + entryEnds.length + " words");
          }
        }
      }
      default -> {}
    }
    boolean hexadecimal = kind == LOWER_HEX || kind == UPPER_HEX;
    byte[] bytes = hexadecimal ? body.hard.array() : body.soft.array();
    return new VariableValues(this, numbers, bytes);
  }

  private void checkDigits(long[] numbers) throws MalformedException {
    long bound = 1;
    for (int i = 0; i < digits; i++) {
      bound *= 10;
    }
    for (long number : numbers) {
      if (number < 0 || number >= bound) {
        throw new MalformedException("number " + number + " of " + digits + " digits");
      }
    }
  }

  int kind() {
    return kind;
  }

  int digits() {
    return digits;
  }

  /** Where packed digits, texts or codes begin in their area. */
  int at() {
    return at;
  }

  byte[] entries() {
    return entries;
  }

  int entryStart(int entry) {
    return (entry == 0) ? 0 : entryEnds[entry - 1];
  }

  int entryEnd(int entry) {
    return entryEnds[entry];
  }

  int entryCount() {
    return entryEnds.length;
  }

  int count() {
    return count;
  }

  long memoryBytes() {
    return 120L + prefix.length + suffix.length + entries.length + 4L * entryEnds.length;
  }

  /** Writes a number of 0 or more in decimal digits and returns the index after the last. */
  static int decimal(long value, byte[] target, int start) {
    int length = 1;
    for (long bound = 10; length < MAX_DIGITS + 1 && value >= bound; bound *= 10) {
      length++;
    }
    int at = start + length;
    long rest = value;
    while (rest >= 100) {
      int pair = (int) (rest % 100) * 2;
      rest /= 100;
      target[--at] = TWO_DIGITS[pair + 1];
      target[--at] = TWO_DIGITS[pair];
    }
    if (rest >= 10) {
      int pair = (int) rest * 2;
      target[--at] = TWO_DIGITS[pair + 1];
      target[--at] = TWO_DIGITS[pair];
    } else {
      target[--at] = (byte) ('0' + rest);
    }
    return start + length;
  }
}
