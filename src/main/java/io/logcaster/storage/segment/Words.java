package io.logcaster.storage.segment;

import java.util.Arrays;

/**
 * The values of one variable of a template, read from a column's body: what {@link WordsEncoder}
 * wrote. Immutable.
 */
final class Words {

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
  static final int MAX_DIGITS = 18;

  private static final byte[] NOTHING = new byte[0];

  private static final byte[] LOWER = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private static final byte[] UPPER = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
  };

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

  /** Numbers; ends of texts; ends of dictionary entries. */
  private final long[] numbers;

  /** Packed digits, texts, codes. */
  private final byte[] bytes;

  private final int bytesFrom;

  /** The entries of a dictionary. */
  private final byte[] entries;

  /** The longest value in bytes, affixes included. */
  private final int maxLength;

  private Words(
      int kind,
      byte[] prefix,
      byte[] suffix,
      int digits,
      long[] numbers,
      byte[] bytes,
      int bytesFrom,
      byte[] entries,
      int maxLength) {
    this.kind = kind;
    this.prefix = prefix;
    this.suffix = suffix;
    this.digits = digits;
    this.numbers = numbers;
    this.bytes = bytes;
    this.bytesFrom = bytesFrom;
    this.entries = entries;
    this.maxLength = maxLength + prefix.length + suffix.length;
  }

  static Words decode(BodyReader body, int count) throws MalformedException {
    int head = body.meta.get();
    int kind = head & 0xF;
    byte[] prefix = ((head & PREFIX) != 0) ? body.meta.getSized() : NOTHING;
    byte[] suffix = ((head & SUFFIX) != 0) ? body.meta.getSized() : NOTHING;
    return switch (kind) {
      case CONSTANT -> new Words(kind, prefix, suffix, 0, new long[0], NOTHING, 0, NOTHING, 0);
      case NUMBER -> {
        long[] numbers = LongsLayout.decode(body, count);
        checkDigits(numbers, MAX_DIGITS);
        yield new Words(kind, prefix, suffix, 0, numbers, NOTHING, 0, NOTHING, MAX_DIGITS + 1);
      }
      case DIGITS -> {
        int digits = body.meta.getCount(MAX_DIGITS);
        long[] numbers = LongsLayout.decode(body, count);
        checkDigits(numbers, digits);
        yield new Words(kind, prefix, suffix, digits, numbers, NOTHING, 0, NOTHING, digits);
      }
      case LOWER_HEX, UPPER_HEX -> {
        int digits = body.meta.getCount(BodyReader.MAX_AREA);
        long packed = ((long) count * digits + 1) / 2;
        if (packed > body.hard.remaining()) {
          throw new MalformedException("hexadecimal digits end early");
        }
        int from = body.hard.take((int) packed);
        yield new Words(
            kind, prefix, suffix, digits, new long[0], body.hard.array(), from, NOTHING, digits);
      }
      case DICTIONARY -> dictionary(body, count, prefix, suffix);
      case TEXT -> text(body, count, prefix, suffix);
      default -> throw new MalformedException("kind " + kind + " of words");
    };
  }

  private static void checkDigits(long[] numbers, int digits) throws MalformedException {
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

  private static Words dictionary(BodyReader body, int count, byte[] prefix, byte[] suffix)
      throws MalformedException {
    long[] ends = new long[body.meta.getCount(MAX_DICTIONARY)];
    int used = 0;
    int maxLength = 0;
    byte[] entries = new byte[Math.min(256, body.meta.remaining())];
    for (int i = 0; i < ends.length; i++) {
      int length = body.meta.getCount(body.meta.remaining());
      int from = body.meta.take(length);
      if (entries.length - used < length) {
        entries = Arrays.copyOf(entries, Math.max(used + length, used * 2));
      }
      System.arraycopy(body.meta.array(), from, entries, used, length);
      used += length;
      ends[i] = used;
      maxLength = Math.max(maxLength, length);
    }
    int codes = body.soft.take(count);
    byte[] soft = body.soft.array();
    for (int i = 0; i < count; i++) {
      if ((soft[codes + i] & 0xff) >= ends.length) {
        throw new MalformedException("code beyond " + ends.length + " words");
      }
    }
    return new Words(DICTIONARY, prefix, suffix, 0, ends, soft, codes, entries, maxLength);
  }

  private static Words text(BodyReader body, int count, byte[] prefix, byte[] suffix)
      throws MalformedException {
    long[] ends = LongsLayout.decode(body, count);
    long used = 0;
    long maxLength = 0;
    for (int i = 0; i < count; i++) {
      long length = ends[i];
      if (length < 0 || length > body.soft.remaining()) {
        throw new MalformedException("word of " + length + " bytes");
      }
      maxLength = Math.max(maxLength, length);
      used += length;
      ends[i] = used;
    }
    if (used > body.soft.remaining()) {
      throw new MalformedException("words end early");
    }
    int from = body.soft.take((int) used);
    return new Words(
        TEXT, prefix, suffix, 0, ends, body.soft.array(), from, NOTHING, (int) maxLength);
  }

  /** No value is longer. */
  int maxLength() {
    return maxLength;
  }

  /**
   * Writes a value.
   *
   * @param target with room for {@link #maxLength()} bytes
   * @return the index after its last byte
   */
  int write(int index, byte[] target, int start) {
    int at = start;
    for (byte b : prefix) {
      target[at++] = b;
    }
    switch (kind) {
      case NUMBER -> at = decimal(numbers[index], target, at);
      case DIGITS -> {
        long rest = numbers[index];
        for (int i = at + digits - 1; i >= at; i--) {
          target[i] = (byte) ('0' + rest % 10);
          rest /= 10;
        }
        at += digits;
      }
      case LOWER_HEX, UPPER_HEX -> {
        byte[] alphabet = (kind == LOWER_HEX) ? LOWER : UPPER;
        long nibble = (long) index * digits;
        for (int i = 0; i < digits; i++, nibble++) {
          int b = bytes[bytesFrom + (int) (nibble >>> 1)];
          target[at++] = alphabet[(b >>> ((~nibble & 1) << 2)) & 0xF];
        }
      }
      case DICTIONARY -> {
        int code = bytes[bytesFrom + index] & 0xff;
        int from = (code == 0) ? 0 : (int) numbers[code - 1];
        int length = (int) numbers[code] - from;
        System.arraycopy(entries, from, target, at, length);
        at += length;
      }
      case TEXT -> {
        int from = (index == 0) ? 0 : (int) numbers[index - 1];
        int length = (int) numbers[index] - from;
        System.arraycopy(bytes, bytesFrom + from, target, at, length);
        at += length;
      }
      default -> {}
    }
    for (byte b : suffix) {
      target[at++] = b;
    }
    return at;
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
