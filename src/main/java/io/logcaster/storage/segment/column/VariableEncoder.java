package io.logcaster.storage.segment.column;

import io.logcaster.record.Hash;
import io.logcaster.storage.segment.bytes.BodyWriter;
import java.util.Arrays;

/**
 * Writes the values of one variable of a template, as numbers or packed digits where the text comes
 * back byte for byte, see {@link VariableLayout}. Not thread-safe.
 */
public final class VariableEncoder {

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

  private final int[] firsts = new int[VariableLayout.MAX_DICTIONARY];

  private byte[] rowCodes = new byte[0];

  private int[] froms = new int[0];

  private int[] tos = new int[0];

  private int distinct;

  public VariableEncoder(LongsEncoder longs) {
    this.longs = longs;
  }

  /**
   * Writes values.
   *
   * @param bytes holds them
   * @param variables what is known of them
   * @param slot their numbers in it
   */
  void encode(byte[] bytes, TemplateVariables variables, int[] slot, int count, BodyWriter body) {
    if (numbers.length < count) {
      numbers = new long[Math.max(count, numbers.length * 2)];
      rowCodes = new byte[numbers.length];
      froms = new int[numbers.length];
      tos = new int[numbers.length];
    }
    int looks = 0;
    int length = variables.to(slot[0]) - variables.from(slot[0]);
    int maxLength = length;
    boolean sameLength = true;
    for (int i = 0; i < count; i++) {
      int index = slot[i];
      looks |= variables.looks(index);
      froms[i] = variables.from(index);
      tos[i] = variables.to(index);
      int other = tos[i] - froms[i];
      sameLength &= other == length;
      maxLength = Math.max(maxLength, other);
    }
    if ((looks & TemplateVariables.NO_DIGITS) == 0 && maxLength <= VariableLayout.MAX_DIGITS) {
      boolean canonical = (looks & TemplateVariables.LEADING_ZERO) == 0;
      if (canonical || sameLength) {
        for (int i = 0; i < count; i++) {
          numbers[i] = variables.number(slot[i]);
        }
        body.meta.put(canonical ? VariableLayout.NUMBER : VariableLayout.DIGITS);
        if (!canonical) {
          body.meta.putVarint(length);
        }
        longs.encode(numbers, count, body);
        return;
      }
    }
    boolean lower = (looks & TemplateVariables.NO_LOWER_HEX) == 0;
    if (sameLength
        && length <= 16
        && length % 2 == 0
        && (lower || (looks & TemplateVariables.NO_UPPER_HEX) == 0)) {
      body.meta.put(lower ? VariableLayout.LOWER_HEX : VariableLayout.UPPER_HEX);
      body.meta.putVarint(length);
      for (int i = 0; i < count; i++) {
        int index = slot[i];
        boolean decimal = (variables.looks(index) & TemplateVariables.NO_DIGITS) == 0;
        long number = decimal ? hexadecimal(bytes, froms[i], tos[i]) : variables.number(index);
        body.hard.putHigh(number << (64 - length * 4), length / 2);
      }
      return;
    }
    encode(bytes, count, body);
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
    int prefix = tos[0] - first;
    int suffix = prefix;
    int minLength = prefix;
    boolean sameLength = true;
    for (int i = 1; i < count && (prefix > 0 || suffix > 0 || sameLength); i++) {
      int from = froms[i];
      int length = tos[i] - from;
      sameLength &= length == minLength;
      minLength = Math.min(minLength, length);
      prefix = Math.min(prefix, length);
      int same = 0;
      while (same < prefix && bytes[first + same] == bytes[from + same]) {
        same++;
      }
      prefix = same;
      suffix = Math.min(suffix, length);
      same = 0;
      while (same < suffix && bytes[tos[0] - 1 - same] == bytes[tos[i] - 1 - same]) {
        same++;
      }
      suffix = same;
    }
    if (sameLength && prefix == minLength) {
      body.meta.put(VariableLayout.CONSTANT | VariableLayout.PREFIX);
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

  private static void head(
      int kind, byte[] bytes, int from, int to, int prefix, int suffix, BodyWriter body) {
    body.meta.put(
        kind
            | ((prefix > 0) ? VariableLayout.PREFIX : 0)
            | ((suffix > 0) ? VariableLayout.SUFFIX : 0));
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
      if (length <= 0 || length > VariableLayout.MAX_DIGITS) {
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
    head(
        canonical ? VariableLayout.NUMBER : VariableLayout.DIGITS,
        bytes,
        froms[0],
        tos[0],
        prefix,
        suffix,
        body);
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
    head(
        lower ? VariableLayout.LOWER_HEX : VariableLayout.UPPER_HEX,
        bytes,
        froms[0],
        tos[0],
        prefix,
        suffix,
        body);
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
    int limit = Math.min(VariableLayout.MAX_DICTIONARY, count / 2);
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
    body.meta.put(VariableLayout.DICTIONARY);
    body.meta.putVarint(distinct);
    for (int i = 0; i < distinct; i++) {
      body.meta.putSized(bytes, froms[firsts[i]], tos[firsts[i]]);
    }
    body.soft.put(rowCodes, 0, count);
  }

  private void text(byte[] bytes, int count, int prefix, int suffix, BodyWriter body) {
    head(VariableLayout.TEXT, bytes, froms[0], tos[0], prefix, suffix, body);
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
