package io.logcaster.storage.segment.column;

import io.logcaster.record.Hash;
import io.logcaster.record.Tokens;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The variables that {@link TemplateEncoder} found, in order. Records the form of a variable (its
 * looks) while its bytes are in the CPU cache: later, when the values of one variable are written
 * together, their bytes are scattered over the block. Not thread-safe.
 */
final class TemplateVariables {

  /** Flag in the looks: some character is not a decimal digit. */
  static final int NO_DIGITS = 1;

  /** Flag in the looks: some character is not a lower-case hexadecimal digit. */
  static final int NO_LOWER_HEX = 2;

  /** Flag in the looks: some character is not an upper-case hexadecimal digit. */
  static final int NO_UPPER_HEX = 4;

  /** Flag in the looks: begins with a zero that other characters follow. */
  static final int LEADING_ZERO = 8;

  private static final int NO_NUMBER = NO_DIGITS | NO_LOWER_HEX | NO_UPPER_HEX;

  /** The flags that each byte contributes to the looks; -1 ends the variable. */
  private static final byte[] LOOKS = new byte[256];

  static {
    for (int c = 0; c < 256; c++) {
      if (c >= '0' && c <= '9') {
        LOOKS[c] = 0;
      } else if (c >= 'a' && c <= 'f') {
        LOOKS[c] = NO_DIGITS | NO_UPPER_HEX;
      } else if (c >= 'A' && c <= 'F') {
        LOOKS[c] = NO_DIGITS | NO_LOWER_HEX;
      } else {
        LOOKS[c] = (byte) ((c >= 128 || Tokens.isWord(c)) ? NO_NUMBER : -1);
      }
    }
  }

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private int[] froms = new int[1 << 12];

  private int[] tos = new int[1 << 12];

  private byte[] looks = new byte[1 << 12];

  private long[] numbers = new long[1 << 12];

  private int count;

  private boolean ascii;

  private boolean digit;

  /** Whether a byte belongs to a variable: an ASCII word character, or any byte beyond ASCII. */
  static boolean isWord(byte b) {
    return LOOKS[b & 0xff] >= 0;
  }

  int count() {
    return count;
  }

  /** Keeps only the first variables. */
  void count(int kept) {
    count = kept;
  }

  int from(int index) {
    return froms[index];
  }

  int to(int index) {
    return tos[index];
  }

  int looks(int index) {
    return looks[index];
  }

  /**
   * The decimal number if all characters are decimal digits, otherwise the hexadecimal number.
   * Meaningful only if the looks say that it is a number and it does not overflow.
   */
  long number(int index) {
    return numbers[index];
  }

  /** Whether the variable added last has a decimal digit. */
  boolean hasDigit() {
    return digit;
  }

  /** Adds the words of the variable added last to a set: one if it is ASCII only. */
  void addWords(byte[] bytes, int from, int to, TokenSet tokens) {
    if (ascii) {
      tokens.add(Tokens.hash(bytes, from, to));
    } else {
      Tokens.visit(bytes, from, to, tokens);
    }
  }

  /** Adds the variable that begins at {@code from} and returns its end. */
  int add(byte[] bytes, int from, int to) {
    if (count == froms.length) {
      grow();
    }
    int seen = 0;
    int least = NO_NUMBER;
    int sign = 0;
    long decimal = 0;
    long hexadecimal = 0;
    int at = from;
    while (at < to) {
      int c = bytes[at];
      int look = LOOKS[c & 0xff];
      if (look < 0) {
        break;
      }
      seen |= look;
      least &= look;
      sign |= c;
      int digit = (c & 0xF) + (c >>> 6) * 9;
      decimal = decimal * 10 + digit;
      hexadecimal = hexadecimal << 4 | digit;
      at++;
    }
    if (bytes[from] == '0' && at - from > 1) {
      seen |= LEADING_ZERO;
    }
    froms[count] = from;
    tos[count] = at;
    looks[count] = (byte) seen;
    numbers[count++] = ((seen & NO_DIGITS) == 0) ? decimal : hexadecimal;
    ascii = sign >= 0;
    digit = least == 0;
    return at;
  }

  private void grow() {
    froms = Arrays.copyOf(froms, count * 2);
    tos = Arrays.copyOf(tos, count * 2);
    looks = Arrays.copyOf(looks, count * 2);
    numbers = Arrays.copyOf(numbers, count * 2);
  }

  /**
   * Adds the variable that begins at {@code from}, and its word to a set, if it consists of at most
   * seven decimal digits, as most do. Reads all digits at once.
   *
   * @return its end; -1 if it is something else and was not added
   */
  int addNumber(byte[] bytes, int from, int to, TokenSet tokens) {
    if (from + Long.BYTES > bytes.length) {
      return -1;
    }
    long word = (long) LONGS.get(bytes, from);
    int length = DecimalDigits.leading(word);
    int end = Math.min(from + length, to);
    length = end - from;
    if (length == 0 || length == Long.BYTES || (end < to && isWord(bytes[end]))) {
      return -1;
    }
    if (count == froms.length) {
      grow();
    }
    froms[count] = from;
    tos[count] = end;
    looks[count] = (byte) ((word & 0xff) == '0' && length > 1 ? LEADING_ZERO : 0);
    numbers[count++] = DecimalDigits.read(word, length);
    tokens.add(Hash.head(word, length));
    return end;
  }
}
