package io.logcaster.storage.segment.column;

import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.BodyWriter;
import io.logcaster.storage.segment.bytes.MalformedException;

/**
 * The prefix and suffix that all values of a variable share. In the body they follow the kind byte,
 * whose flags say which of them are present.
 *
 * @param prefix the common prefix; empty if there is none
 * @param suffix the common suffix; empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // read-only, never compared
record Affixes(byte[] prefix, byte[] suffix) {

  private static final int KIND = 0xF;

  private static final int PREFIX = 0x10;

  private static final int SUFFIX = 0x20;

  private static final byte[] NOTHING = {};

  /** Returns the kind from the first byte of a description. */
  static int kind(int head) {
    return head & KIND;
  }

  static Affixes read(int head, BodyReader body) throws MalformedException {
    byte[] prefix = ((head & PREFIX) != 0) ? body.meta.getSized() : NOTHING;
    byte[] suffix = ((head & SUFFIX) != 0) ? body.meta.getSized() : NOTHING;
    return new Affixes(prefix, suffix);
  }

  /**
   * Writes the kind and the affixes.
   *
   * @param bytes contains one of the values, from {@code from} to {@code to}
   * @param prefix the length of the prefix
   * @param suffix the length of the suffix
   */
  static void write(
      int kind, byte[] bytes, int from, int to, int prefix, int suffix, BodyWriter body) {
    body.meta.put(kind | ((prefix > 0) ? PREFIX : 0) | ((suffix > 0) ? SUFFIX : 0));
    if (prefix > 0) {
      body.meta.putSized(bytes, from, from + prefix);
    }
    if (suffix > 0) {
      body.meta.putSized(bytes, to - suffix, to);
    }
  }

  boolean isAscii() {
    return isAscii(prefix) && isAscii(suffix);
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  int length() {
    return prefix.length + suffix.length;
  }
}
