package io.logcaster.storage.segment.column;

import io.logcaster.record.Hash;
import io.logcaster.storage.segment.bytes.BodyWriter;
import java.util.Arrays;

/**
 * Chooses the smallest kind that preserves the values of one variable byte for byte, and writes
 * them; see {@link VariableLayout}. Reusable, not thread-safe.
 */
final class VariableEncoder {

  /** With fewer values a dictionary does not pay. */
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

  private final int[] firsts = new int[DictionaryVariable.MAX_ENTRIES];

  private byte[] rowCodes = new byte[0];

  private int[] froms = new int[0];

  private int[] tos = new int[0];

  private int distinct;

  VariableEncoder(LongsEncoder longs) {
    this.longs = longs;
  }

  /**
   * Writes the values of one variable of a template.
   *
   * @param bytes the text that contains the values
   * @param variables all variables of the block
   * @param slot the indexes of the values in {@code variables}
   * @param count the number of values, at least one
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
    if ((looks & TemplateVariables.NO_DIGITS) == 0 && maxLength <= DecimalDigits.MAX) {
      boolean canonical = (looks & TemplateVariables.LEADING_ZERO) == 0;
      if (canonical || sameLength) {
        for (int i = 0; i < count; i++) {
          numbers[i] = variables.number(slot[i]);
        }
        writeNumbers(canonical, bytes, count, 0, 0, body);
        return;
      }
    }
    boolean lower = (looks & TemplateVariables.NO_LOWER_HEX) == 0;
    if (sameLength
        && length <= 16
        && length % 2 == 0
        && (lower || (looks & TemplateVariables.NO_UPPER_HEX) == 0)) {
      HexDigits form = lower ? HexDigits.LOWER : HexDigits.UPPER;
      head(HexVariable.kind(form), bytes, 0, 0, body);
      body.meta.putVarint(length);
      for (int i = 0; i < count; i++) {
        int index = slot[i];
        boolean decimal = (variables.looks(index) & TemplateVariables.NO_DIGITS) == 0;
        long number = decimal ? hexadecimal(bytes, froms[i], tos[i]) : variables.number(index);
        HexVariable.write(number, length, body);
      }
      return;
    }
    encode(bytes, count, body);
  }

  /** Reads decimal digits as hexadecimal ones. */
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
      ConstantVariable.write(bytes, first, first + prefix, body);
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

  private void head(int kind, byte[] bytes, int prefix, int suffix, BodyWriter body) {
    Affixes.write(kind, bytes, froms[0], tos[0], prefix, suffix, body);
  }

  /** Writes the numbers; {@code canonical} says that none has leading zeros. */
  private void writeNumbers(
      boolean canonical, byte[] bytes, int count, int prefix, int suffix, BodyWriter body) {
    if (canonical) {
      head(NumberVariable.KIND, bytes, prefix, suffix, body);
      NumberVariable.write(numbers, count, longs, body);
    } else {
      head(DigitsVariable.KIND, bytes, prefix, suffix, body);
      int digits = tos[0] - froms[0] - prefix - suffix;
      DigitsVariable.write(digits, numbers, count, longs, body);
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
      if (length <= 0 || length > DecimalDigits.MAX) {
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
    writeNumbers(canonical, bytes, count, prefix, suffix, body);
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
    HexDigits form = ((classes & UPPER) == 0) ? HexDigits.LOWER : HexDigits.UPPER;
    head(HexVariable.kind(form), bytes, prefix, suffix, body);
    HexVariable.write(bytes, froms, prefix, digits, count, body);
    return true;
  }

  private boolean findDistinct(byte[] bytes, int count) {
    Arrays.fill(codes, (short) 0);
    distinct = 0;
    int limit = Math.min(DictionaryVariable.MAX_ENTRIES, count / 2);
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
    int[] starts = new int[distinct];
    int[] ends = new int[distinct];
    for (int i = 0; i < distinct; i++) {
      starts[i] = froms[firsts[i]];
      ends[i] = tos[firsts[i]];
    }
    head(DictionaryVariable.KIND, bytes, 0, 0, body);
    TextSlices entries = new TextSlices(bytes, starts, ends, distinct);
    DictionaryVariable.write(entries, rowCodes, count, body);
  }

  private void text(byte[] bytes, int count, int prefix, int suffix, BodyWriter body) {
    for (int i = 0; i < count; i++) {
      numbers[i] = (long) tos[i] - froms[i] - prefix - suffix;
    }
    head(TextVariable.KIND, bytes, prefix, suffix, body);
    TextVariable.write(bytes, froms, prefix, numbers, count, longs, body);
  }
}
