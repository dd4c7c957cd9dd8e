package io.logcaster.ingest.gelf;

import io.logcaster.ingest.Bytes;

/** Tells GELF from other JSON. */
public final class Gelf {

  private static final byte[] SHORT_MESSAGE = Bytes.ascii("\"short_message\"");

  private Gelf() {}

  /** Whether an object has the name that only GELF has. */
  public static boolean isGelf(byte[] bytes, int from, int to) {
    int at = Bytes.indexOf(bytes, from, to, (byte) '"');
    while (at < to) {
      if (Bytes.startsWith(bytes, at, to, SHORT_MESSAGE)) {
        return true;
      }
      at = Bytes.indexOf(bytes, at + 1, to, (byte) '"');
    }
    return false;
  }
}
