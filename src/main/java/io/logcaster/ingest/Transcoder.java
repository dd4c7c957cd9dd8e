package io.logcaster.ingest;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Detects the encoding from the byte order mark at the beginning of a stream, file or body. Removes
 * the mark and converts UTF-16 to UTF-8; text without a mark is UTF-8. Stateless and thread-safe.
 */
public enum Transcoder {
  NONE(""),
  UTF_8("\u00ef\u00bb\u00bf"),
  UTF_16LE("\u00ff\u00fe"),
  UTF_16BE("\u00fe\u00ff");

  /** The longest mark, in bytes. */
  public static final int MARK_LENGTH = 3;

  private static final int REPLACEMENT = 0xFFFD;

  /** The mark, one character for each byte. */
  private final String mark;

  Transcoder(String mark) {
    this.mark = mark;
  }

  /**
   * Detects the encoding from the beginning of a text.
   *
   * @return null if there are too few bytes to decide; use {@link #ofWhole} if no more will come
   */
  public static @Nullable Transcoder of(byte[] bytes, int from, int to) {
    Transcoder found = ofWhole(bytes, from, to);
    if (found == NONE) {
      for (Transcoder each : values()) {
        int known = to - from;
        if (known < each.mark.length() && each.begins(bytes, from, known)) {
          return null;
        }
      }
    }
    return found;
  }

  /** Detects the encoding of a whole text. */
  public static Transcoder ofWhole(byte[] bytes, int from, int to) {
    for (Transcoder each : values()) {
      int length = each.mark.length();
      if (length > 0 && to - from >= length && each.begins(bytes, from, length)) {
        return each;
      }
    }
    return NONE;
  }

  /** Whether the first {@code length} bytes match the mark. */
  private boolean begins(byte[] bytes, int from, int length) {
    for (int i = 0; i < length; i++) {
      if ((bytes[from + i] & 0xff) != mark.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The length of the mark in bytes. */
  public int markLength() {
    return mark.length();
  }

  /** Whether a character takes two or four bytes, so that the text must be decoded. */
  public boolean isWide() {
    return this == UTF_16LE || this == UTF_16BE;
  }

  /** The maximum number of bytes that wide text of a given length decodes to. */
  public static int mostDecoded(int length) {
    return (length + 1) / 2 * 3;
  }

  /**
   * The end of the last complete character in a range of wide text; the next bytes may complete
   * another.
   */
  public int wholeCharacters(byte[] bytes, int from, int to) {
    int end = to - ((to - from) & 1);
    return (end > from && Character.isHighSurrogate(unit(bytes, end - 2))) ? end - 2 : end;
  }

  /**
   * Decodes wide text into UTF-8; invalid characters become U+FFFD.
   *
   * @param out receives the text; has room for {@link #mostDecoded} bytes from {@code at} on
   * @return the index after the last written byte
   */
  public int decode(byte[] bytes, int from, int to, byte[] out, int at) {
    int next = at;
    for (int i = from; i + 1 < to; i += 2) {
      char unit = unit(bytes, i);
      if (unit < 0x80) {
        out[next++] = (byte) unit;
        continue;
      }
      int codePoint = unit;
      if (Character.isSurrogate(unit)) {
        char low = (i + 3 < to) ? unit(bytes, i + 2) : 0;
        boolean pair = Character.isSurrogatePair(unit, low);
        codePoint = pair ? Character.toCodePoint(unit, low) : REPLACEMENT;
        i += pair ? 2 : 0;
      }
      next = Bytes.utf8(codePoint, out, next);
    }
    return ((to - from) & 1) == 0 ? next : Bytes.utf8(REPLACEMENT, out, next);
  }

  /** Removes the mark of a whole text, and decodes the text if it is wide. */
  public byte[] decodeWhole(byte[] bytes, int from, int to) {
    int start = from + mark.length();
    if (!isWide()) {
      return Arrays.copyOfRange(bytes, start, to);
    }
    byte[] out = new byte[mostDecoded(to - start)];
    return Arrays.copyOf(out, decode(bytes, start, to, out, 0));
  }

  /**
   * Finds the end of the first line. In wide text the range must begin at a character boundary.
   *
   * @return the index after the line feed; -1 if the line does not end here
   */
  public int nextLine(byte[] bytes, int from, int to) {
    int at = Bytes.indexOf(bytes, from, to, (byte) '\n');
    if (isWide()) {
      at -= (at - from) & 1;
      while (at + 1 < to && unit(bytes, at) != '\n') {
        at = Bytes.indexOf(bytes, at + 2, to, (byte) '\n');
        at -= (at - from) & 1;
      }
      return (at + 1 < to) ? at + 2 : -1;
    }
    return (at < to) ? at + 1 : -1;
  }

  private char unit(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    int second = bytes[at + 1] & 0xff;
    return (char) (this == UTF_16BE ? first << 8 | second : second << 8 | first);
  }
}
