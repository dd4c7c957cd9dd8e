package io.logcaster.query.exec.text;

import io.logcaster.record.Tokens;
import io.logcaster.record.Utf8;

/** Finds where words begin and end. */
public final class WordBoundaries {

  private WordBoundaries() {}

  /** Whether the character that begins at a place belongs to a word. */
  public static boolean startsWord(byte[] bytes, int at) {
    return Tokens.isWord(Utf8.codePoint(bytes, at));
  }

  /** Whether the character that ends before a place belongs to a word. */
  public static boolean endsWord(byte[] bytes, int from, int at) {
    int start = at - 1;
    while (start > from && (bytes[start] & 0xC0) == 0x80) {
      start--;
    }
    return Tokens.isWord(Utf8.codePoint(bytes, start));
  }
}
