package io.logcaster.ingest.tcp;

import io.logcaster.ingest.Transcoder;
import java.util.Arrays;

/** The unused text of a connection that sends UTF-16, decoded into UTF-8. */
final class DecodedText {

  /** How many bytes to decode at once; more gains nothing. */
  private static final int CHUNK = 16 << 10;

  private static final byte[] NOTHING = {};

  private final Transcoder transcoder;
  private byte[] bytes = NOTHING;
  private int start;
  private int end;

  DecodedText(Transcoder transcoder) {
    this.transcoder = transcoder;
  }

  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /**
   * Decodes more.
   *
   * @return the index up to which the bytes were used
   */
  int decode(byte[] wide, int from, int to) {
    int until = transcoder.wholeCharacters(wide, from, Math.min(to, from + CHUNK));
    int needed = end - start + Transcoder.mostDecoded(until - from);
    byte[] target = (needed > bytes.length) ? new byte[needed] : bytes;
    System.arraycopy(bytes, start, target, 0, end - start);
    bytes = target;
    end -= start;
    start = 0;
    end = transcoder.decode(wide, from, until, bytes, end);
    return until;
  }

  /** Marks the text as used up to an index. */
  void use(int to) {
    start = to;
    if (start == end && bytes.length > CHUNK * 2) {
      bytes = NOTHING;
      start = 0;
      end = 0;
    }
  }

  /** Adds a replacement for half a character at the end. */
  void endWithHalf() {
    bytes = Arrays.copyOf(bytes, end + 3);
    end = transcoder.decode(new byte[1], 0, 1, bytes, end);
  }
}
