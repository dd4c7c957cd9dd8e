package io.logcaster.storage.segment.column;

import io.logcaster.record.TextShape.Alphabet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Hexadecimal digits with either lower-case or upper-case letters. */
enum HexDigits {
  LOWER(Alphabet.LOWER_HEX, "0123456789abcdef"),
  UPPER(Alphabet.UPPER_HEX, "0123456789ABCDEF");

  final Alphabet alphabet;

  @SuppressWarnings("ImmutableEnumChecker") // never changed
  private final byte[] digits;

  HexDigits(Alphabet alphabet, String digits) {
    this.alphabet = alphabet;
    this.digits = digits.getBytes(StandardCharsets.US_ASCII);
  }

  /** The digits in the order of their values. */
  byte[] digits() {
    return digits;
  }

  /**
   * Packs two digits into each byte, the first into the high bits.
   *
   * @param text an even number of bytes
   * @return half as many bytes; null if a byte of the text is not one of these digits
   */
  byte @Nullable [] pack(byte[] text) {
    byte[] packed = new byte[text.length / 2];
    for (int i = 0; i < text.length; i++) {
      int value = Arrays.binarySearch(digits, text[i]);
      if (value < 0) {
        return null;
      }
      packed[i / 2] |= (byte) (value << ((~i & 1) << 2));
    }
    return packed;
  }
}
