package io.logcaster.ingest.tcp;

import io.logcaster.ingest.Transcoder;
import java.util.Arrays;

/** The text of a connection that sends UTF-16, as UTF-8, as far as it was not used. */
final class DecodedText {

  /** Decoded at once; more gains nothing. */
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
   * @return how far the bytes were used
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

  /** Says how far the text was used. */
  void use(int to) {
    start = to;
    if (start == end && bytes.length > CHUNK * 2) {
      bytes = NOTHING;
      start = 0;
      end = 0;
    }
  }

  /** Adds what stands for the half of a character at the end. */
  void endWithHalf() {
    bytes = Arrays.copyOf(bytes, end + 3);
    end = transcoder.decode(new byte[1], 0, 1, bytes, end);
  }
}
