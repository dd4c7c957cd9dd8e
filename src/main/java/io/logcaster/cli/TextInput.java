package io.logcaster.cli;

import io.logcaster.ingest.Transcoder;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The text of another stream, in UTF-8 and without its byte order mark. */
final class TextInput extends InputStream {

  private static final int BUFFER = 32 << 10;

  private final InputStream in;

  /** The bytes that were read: wide text to be decoded, else the stream's beginning. */
  private final byte[] bytes = new byte[BUFFER];

  private int filled;
  private boolean ended;
  private @Nullable Transcoder transcoder;

  /** What comes next, before more is read. */
  private byte[] text = bytes;

  private int from;
  private int to;

  TextInput(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int at, int length) throws IOException {
    Transcoder known = transcoder();
    while (from == to && known.isWide() && !(ended && filled == 0)) {
      decode(known);
    }
    if (from < to) {
      int count = Math.min(length, to - from);
      System.arraycopy(text, from, target, at, count);
      from += count;
      return count;
    }
    return (ended || known.isWide()) ? -1 : in.read(target, at, length);
  }

  private Transcoder transcoder() throws IOException {
    Transcoder known = transcoder;
    while (known == null) {
      fill();
      known = ended ? Transcoder.ofWhole(bytes, 0, filled) : Transcoder.of(bytes, 0, filled);
      transcoder = known;
      if (known != null && known.isWide()) {
        text = new byte[Transcoder.mostDecoded(BUFFER)];
        drop(known.markLength());
      } else if (known != null) {
        from = known.markLength();
        to = filled;
      }
    }
    return known;
  }

  private void decode(Transcoder known) throws IOException {
    int end = ended ? filled : known.wholeCharacters(bytes, 0, filled);
    if (end == 0) {
      fill();
      return;
    }
    from = 0;
    to = known.decode(bytes, 0, end, text, 0);
    drop(end);
  }

  private void drop(int length) {
    System.arraycopy(bytes, length, bytes, 0, filled - length);
    filled -= length;
  }

  private void fill() throws IOException {
    int count = in.read(bytes, filled, bytes.length - filled);
    ended = count < 0;
    filled += Math.max(0, count);
  }
}
