package io.logcaster.storage.segment;

import io.logcaster.record.Hash;
import java.util.Arrays;

/**
 * Writes the values of one variable of a template, as numbers or packed digits where the text comes
 * back byte for byte, see {@link Words}. Not thread-safe.
 */
final class WordsEncoder {

  /** Below this many values a dictionary is not worth its entries. */
  private static final int MIN_DICTIONARY = 8;

  private static final int TABLE = 1024;

  private static final int DIGIT = 1;

  private static final int LOWER = 2;

  private static final int UPPER = 4;

  private static final int OTHER = 8;

  private static final byte[] CLASS = new byte[256];

  static {
    Arrays.fill(CLASS, (byte) OTHER);
    for (int c = '0'; c <= '9'; c++) {
      CLASS[c] = DIGIT;
    }
    for (int c = 'a'; c <= 'f'; c++) {
      CLASS[c] = LOWER;
      CLASS[c - 'a' + 'A'] = UPPER;
    }
  }

  private final LongsEncoder longs;

  private long[] numbers = new long[0];

  private final short[] codes = new short[TABLE];

  private final int[] firsts = new int[Words.MAX_DICTIONARY];

  private byte[] rowCodes = new byte[0];

  private int[] froms = new int[0];

  private int[] tos = new int[0];

  private int distinct;

  /** What the values look like, taken together. */
  private int looks;

  private int maxLength;

  private boolean sameLength;

  WordsEncoder(LongsEncoder longs) {
    this.longs = longs;
  }

  /**
   * Writes values.
   *
   * @param bytes holds them
   * @param variables what is known of them
   * @param slot their numbers in it
   */
  void encode(byte[] bytes, Variables variables, int[] slot, int count, BodyWriter body) {
    if (numbers.length < count) {
      numbers = new long[Math.max(count, numbers.length * 2)];
      rowCodes = new byte[numbers.length];
      froms = new int[numbers.length];
      tos = new int[numbers.length];
    }
    survey(variables, slot, count);
    int length = tos[0] - froms[0];
    if ((looks & Variables.NO_DIGITS) == 0 && maxLength <= Words.MAX_DIGITS) {
      boolean canonical = (looks & Variables.LEADING_ZERO) == 0;
      if (canonical || sameLength) {
        takeNumbers(variables, slot, count);
        body.meta.put(canonical ? Words.NUMBER : Words.DIGITS);
        if (!canonical) {
          body.meta.putVarint(length);
        }
        longs.encode(numbers, count, body);
        return;
      }
    }
    boolean lower = (looks & Variables.NO_LOWER_HEX) == 0;
    if (sameLength
        && length <= 16
        && length % 2 == 0
        && (lower || (looks & Variables.NO_UPPER_HEX) == 0)) {
      body.meta.put(lower ? Words.LOWER_HEX : Words.UPPER_HEX);
      body.meta.putVarint(length);
      putHexadecimal(bytes, variables, slot, count, body.hard);
      return;
    }
    encode(bytes, count, body);
  }

  /** Finds where the values are and what they have in common. */
  private void survey(Variables variables, int[] slot, int count) {
    int seen = 0;
    int longest = 0;
    int length = variables.to(slot[0]) - variables.from(slot[0]);
    boolean same = true;
    for (int i = 0; i < count; i++) {
      int index = slot[i];
      seen |= variables.looks(index);
      int from = variables.from(index);
      int to = variables.to(index);
      froms[i] = from;
      tos[i] = to;
      same &= to - from == length;
      longest = Math.max(longest, to - from);
    }
    looks = seen;
    maxLength = longest;
    sameLength = same;
  }

  private void takeNumbers(Variables variables, int[] slot, int count) {
    for (int i = 0; i < count; i++) {
      numbers[i] = variables.number(slot[i]);
    }
  }

  /** Packs values of one length, an even number of digits. */
  private void putHexadecimal(
      byte[] bytes, Variables variables, int[] slot, int count, ByteSink target) {
    int length = tos[0] - froms[0];
    for (int i = 0; i < count; i++) {
      int index = slot[i];
      boolean decimal = (variables.looks(index) & Variables.NO_DIGITS) == 0;
      long number = decimal ? hexadecimal(bytes, froms[i], tos[i]) : variables.number(index);
      target.putHigh(number << (64 - length * 4), length / 2);
    }
  }

  /** The number that decimal digits mean when they are read as hexadecimal ones. */
  private static long hexadecimal(byte[] bytes, int from, int to) {
    long number = 0;
    for (int at = from; at < to; at++) {
      number = number << 4 | (bytes[at] & 0xF);
    }
    return number;
  }

  private void encode(byte[] bytes, int count, BodyWriter body) {
    int first = froms[0];
    int prefix = commonPrefix(bytes, count);
    int suffix = commonSuffix(bytes, count);
    int minLength = minLength(count);
    if (sameLength && prefix == minLength) {
      body.meta.put(Words.CONSTANT | Words.PREFIX);
      body.meta.putSized(bytes, first, first + prefix);
      return;
    }
    suffix = Math.min(suffix, minLength - prefix);
    int hexPrefix = prefix;
    int hexSuffix = suffix;
    while (prefix > 0 && CLASS[bytes[first + prefix - 1] & 0xff] == DIGIT) {
      prefix--;
    }
    while (suffix > 0 && CLASS[bytes[tos[0] - suffix] & 0xff] == DIGIT) {
      suffix--;
    }
    if (decimal(bytes, count, prefix, suffix, body)) {
      return;
    }
    while (hexPrefix > 0 && CLASS[bytes[first + hexPrefix - 1] & 0xff] != OTHER) {
      hexPrefix--;
    }
    while (hexSuffix > 0 && CLASS[bytes[tos[0] - hexSuffix] & 0xff] != OTHER) {
      hexSuffix--;
    }
    if (sameLength && hexadecimal(bytes, count, hexPrefix, hexSuffix, body)) {
      return;
    }
    if (count >= MIN_DICTIONARY && findDistinct(bytes, count)) {
      writeDictionary(bytes, count, body);
    } else {
      text(bytes, count, prefix, suffix, body);
    }
  }

  private int minLength(int count) {
    int min = Integer.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      min = Math.min(min, tos[i] - froms[i]);
    }
    return min;
  }

  /** How many bytes all values begin with in common. */
  private int commonPrefix(byte[] bytes, int count) {
    int first = froms[0];
    int prefix = tos[0] - first;
    for (int i = 1; i < count && prefix > 0; i++) {
      int from = froms[i];
      prefix = Math.min(prefix, tos[i] - from);
      int same = 0;
      while (same < prefix && bytes[first + same] == bytes[from + same]) {
        same++;
      }
      prefix = same;
    }
    return prefix;
  }

  /** How many bytes all values end with in common. */
  private int commonSuffix(byte[] bytes, int count) {
    int last = tos[0] - 1;
    int suffix = tos[0] - froms[0];
    for (int i = 1; i < count && suffix > 0; i++) {
      int to = tos[i];
      suffix = Math.min(suffix, to - froms[i]);
      int same = 0;
      while (same < suffix && bytes[last - same] == bytes[to - 1 - same]) {
        same++;
      }
      suffix = same;
    }
    return suffix;
  }

  private static void head(
      int kind, byte[] bytes, int from, int to, int prefix, int suffix, BodyWriter body) {
    body.meta.put(kind | ((prefix > 0) ? Words.PREFIX : 0) | ((suffix > 0) ? Words.SUFFIX : 0));
    if (prefix > 0) {
      body.meta.putSized(bytes, from, from + prefix);
    }
    if (suffix > 0) {
      body.meta.putSized(bytes, to - suffix, to);
    }
  }

  private boolean decimal(byte[] bytes, int count, int prefix, int suffix, BodyWriter body) {
    boolean canonical = true;
    boolean sameLength = true;
    int digits = tos[0] - froms[0] - prefix - suffix;
    for (int i = 0; i < count; i++) {
      int from = froms[i] + prefix;
      int to = tos[i] - suffix;
      int length = to - from;
      if (length <= 0 || length > Words.MAX_DIGITS) {
        return false;
      }
      sameLength &= length == digits;
      canonical &= length == 1 || bytes[from] != '0';
      if (!canonical && !sameLength) {
        return false;
      }
      long number = 0;
      for (int at = from; at < to; at++) {
        int digit = bytes[at] - '0';
        if (digit < 0 || digit > 9) {
          return false;
        }
        number = number * 10 + digit;
      }
      numbers[i] = number;
    }
    head(canonical ? Words.NUMBER : Words.DIGITS, bytes, froms[0], tos[0], prefix, suffix, body);
    if (!canonical) {
      body.meta.putVarint(digits);
    }
    longs.encode(numbers, count, body);
    return true;
  }

  private boolean hexadecimal(byte[] bytes, int count, int prefix, int suffix, BodyWriter body) {
    int digits = tos[0] - froms[0] - prefix - suffix;
    if (digits <= 0) {
      return false;
    }
    int classes = 0;
    for (int i = 0; i < count; i++) {
      int to = tos[i] - suffix;
      for (int at = froms[i] + prefix; at < to; at++) {
        classes |= CLASS[bytes[at] & 0xff];
      }
      if ((classes & OTHER) != 0 || (classes & (LOWER | UPPER)) == (LOWER | UPPER)) {
        return false;
      }
    }
    boolean lower = (classes & UPPER) == 0;
    head(lower ? Words.LOWER_HEX : Words.UPPER_HEX, bytes, froms[0], tos[0], prefix, suffix, body);
    body.meta.putVarint(digits);
    int packed = (int) (((long) count * digits + 1) / 2);
    int start = body.hard.reserve(packed);
    byte[] target = body.hard.array();
    Arrays.fill(target, start, start + packed, (byte) 0);
    long nibble = 0;
    for (int i = 0; i < count; i++) {
      int to = tos[i] - suffix;
      for (int at = froms[i] + prefix; at < to; at++, nibble++) {
        int c = bytes[at];
        // Letters have bit 6 set and count from 1 in their low bits.
        int value = (c & 0xF) + (c >> 6) * 9;
        target[start + (int) (nibble >>> 1)] |= (byte) (value << ((~nibble & 1) << 2));
      }
    }
    body.hard.length(start + packed);
    return true;
  }

  private boolean findDistinct(byte[] bytes, int count) {
    Arrays.fill(codes, (short) 0);
    distinct = 0;
    int limit = Math.min(Words.MAX_DICTIONARY, count / 2);
    for (int i = 0; i < count; i++) {
      int from = froms[i];
      int to = tos[i];
      int at = (int) Hash.bytes(bytes, from, to, 0) & TABLE - 1;
      while (codes[at] != 0) {
        int known = firsts[codes[at] - 1];
        if (Arrays.equals(bytes, froms[known], tos[known], bytes, from, to)) {
          break;
        }
        at = at + 1 & TABLE - 1;
      }
      if (codes[at] == 0) {
        if (distinct == limit) {
          return false;
        }
        firsts[distinct++] = i;
        codes[at] = (short) distinct;
      }
      rowCodes[i] = (byte) (codes[at] - 1);
    }
    return true;
  }

  private void writeDictionary(byte[] bytes, int count, BodyWriter body) {
    body.meta.put(Words.DICTIONARY);
    body.meta.putVarint(distinct);
    for (int i = 0; i < distinct; i++) {
      body.meta.putSized(bytes, froms[firsts[i]], tos[firsts[i]]);
    }
    body.soft.put(rowCodes, 0, count);
  }

  private void text(byte[] bytes, int count, int prefix, int suffix, BodyWriter body) {
    head(Words.TEXT, bytes, froms[0], tos[0], prefix, suffix, body);
    for (int i = 0; i < count; i++) {
      numbers[i] = (long) tos[i] - froms[i] - prefix - suffix;
    }
    // The lengths' own compressed part has to stand before the text, where the reader meets it.
    longs.encode(numbers, count, body);
    for (int i = 0; i < count; i++) {
      body.soft.put(bytes, froms[i] + prefix, tos[i] - suffix);
    }
  }
}
