package io.logcaster.cli;

import io.logcaster.ingest.OpenLines;
import io.logcaster.ingest.Transcoder;
import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts content into frames of whole lines, in UTF-8 and without a byte order mark. The end of a
 * frame depends only on its beginning, the content and the end of the reading, so that every run
 * cuts in the same places. A line longer than a frame, which servers would cut, becomes several.
 * The parts of a line that a container runtime has split stay in one frame, if they fit.
 */
final class FrameReader {

  /** Half of what a server accepts: large enough to cost little per frame. */
  static final int FRAME = 512 << 10;

  /** A server accepts some more in one frame. */
  private static final int MAX_LINES = 50_000;

  private final InputStream in;
  private final long end;
  private final Transcoder transcoder;
  private final byte[] buffer;
  private final byte[] decoded;
  private long offset;
  private int from;
  private int filled;
  private boolean tooMany;
  private final OpenLines open = new OpenLines();

  /**
   * @param offset the present position in the content
   * @param end the offset to stop at; -1 for the end of the content
   * @param transcoder how the content is encoded
   */
  FrameReader(InputStream in, long offset, long end, Transcoder transcoder) {
    this.in = in;
    this.offset = offset;
    this.end = (end < 0) ? Long.MAX_VALUE : end;
    this.transcoder = transcoder;
    // Of wide text, as much as fits a frame after decoding.
    this.buffer = new byte[transcoder.isWide() ? FRAME / 3 * 2 : FRAME];
    this.decoded = transcoder.isWide() ? new byte[Transcoder.mostDecoded(buffer.length)] : buffer;
  }

  /** The current frame is at the beginning of these bytes. */
  byte[] buffer() {
    return decoded;
  }

  /** The content's offset after the current frame. */
  long offset() {
    return offset;
  }

  /** Reads the next frame to the start of the buffer; returns its length, 0 at the end. */
  int next() throws IOException {
    System.arraycopy(buffer, from, buffer, 0, filled - from);
    filled -= from;
    from = 0;
    boolean more = fill();
    int length = lastLine();
    if (length == 0 || (!more && !tooMany)) {
      length = filled;
    }
    int start = (offset == 0) ? Math.min(length, transcoder.markLength()) : 0;
    from = length;
    offset += length;
    if (transcoder.isWide()) {
      return transcoder.decode(buffer, start, length, decoded, 0);
    }
    System.arraycopy(buffer, start, buffer, 0, length - start);
    return length - start;
  }

  /** Returns false if nothing follows what is in the buffer. */
  private boolean fill() throws IOException {
    while (filled < buffer.length) {
      long left = end - offset - filled;
      int count =
          (left <= 0) ? -1 : in.read(buffer, filled, (int) Math.min(left, buffer.length - filled));
      if (count < 0) {
        return false;
      }
      filled += count;
    }
    return true;
  }

  /** The end of the last line in the frame; 0 if no line ends in it. */
  private int lastLine() {
    int end = 0;
    int whole = 0;
    int lines = 0;
    open.begin();
    for (int i = transcoder.nextLine(buffer, 0, filled);
        i > 0 && lines < MAX_LINES;
        i = transcoder.nextLine(buffer, i, filled)) {
      open.add(buffer, end, i);
      end = i;
      whole = open.isAny() ? whole : end;
      lines++;
    }
    tooMany = lines == MAX_LINES;
    return (whole > 0) ? whole : end;
  }
}
