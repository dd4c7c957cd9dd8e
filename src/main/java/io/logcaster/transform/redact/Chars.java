package io.logcaster.transform.redact;

import java.nio.charset.StandardCharsets;

/** Classes of bytes, and comparisons with texts. */
final class Chars {

  static final int DIGIT = 1;
  static final int LETTER = 2;
  static final int HEX = 4;

  /** What a token consists of: letters, digits and {@code -._~+/=}. */
  static final int TOKEN = 8;

  /** Letters, digits, {@code -} and {@code _}. */
  static final int WORD = 16;

  /** Letters, digits and {@code +/=}. */
  static final int BASE64 = 32;

  /** The part of an address before the at sign. */
  static final int LOCAL = 64;

  /** A label of a host name; bytes beyond ASCII as well. */
  static final int LABEL = 128;

  /** Ends the authority or an argument of a URL. */
  static final int URL_END = 256;

  private static final short[] CLASSES = new short[256];

  static {
    for (int b = 0; b < 256; b++) {
      boolean digit = b >= '0' && b <= '9';
      boolean letter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
      boolean hex = digit || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
      int set = (digit ? DIGIT : 0) | (letter ? LETTER : 0) | (hex ? HEX : 0);
      set |= (digit || letter || "-._~+/=".indexOf(b) >= 0) ? TOKEN : 0;
      set |= (digit || letter || b == '-' || b == '_') ? WORD : 0;
      set |= (digit || letter || "+/=".indexOf(b) >= 0) ? BASE64 : 0;
      set |= (digit || letter || b >= 0x80 || "._%+-".indexOf(b) >= 0) ? LOCAL : 0;
      set |= (digit || letter || b >= 0x80 || b == '-') ? LABEL : 0;
      set |= (b <= ' ' || "\"'<>()[]{},;\\|`".indexOf(b) >= 0) ? URL_END : 0;
      CLASSES[b] = (short) set;
    }
  }

  private Chars() {}

  static boolean is(byte b, int set) {
    return (CLASSES[b & 0xff] & set) != 0;
  }

  /** Whether the byte before a place belongs to a longer word. */
  static boolean isInWord(byte[] bytes, int from, int at) {
    return at > from && is(bytes[at - 1], LETTER | DIGIT);
  }

  /** The end of the run of bytes of a class. */
  static int end(byte[] bytes, int at, int to, int set) {
    int end = at;
    while (end < to && is(bytes[end], set)) {
      end++;
    }
    return end;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static boolean begins(byte[] bytes, int at, int to, byte[] text) {
    if (to - at < text.length) {
      return false;
    }
    for (int i = 0; i < text.length; i++) {
      if (bytes[at + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * As {@link #begins}, in any case.
   *
   * @param text in lower case
   */
  static boolean beginsAnyCase(byte[] bytes, int at, int to, byte[] text) {
    if (to - at < text.length) {
      return false;
    }
    for (int i = 0; i < text.length; i++) {
      int b = bytes[at + i];
      if (((b >= 'A' && b <= 'Z') ? b + 32 : b) != text[i]) {
        return false;
      }
    }
    return true;
  }
}
