package io.logcaster.ingest;

import io.logcaster.record.ByteBuilder;
import java.util.Arrays;

/**
 * Joins the parts of long lines in the log files of Docker's driver {@code json-file}. Docker
 * splits a line after every 16 KB of a container's output; only the last part ends with a line
 * feed:
 *
 * <pre>
 * {"log":"…16 KB…","stream":"stdout","time":"2026-11-29T10:00:00.123456789Z"}
 * {"log":"the rest\\n","stream":"stdout","time":"2026-11-29T10:00:00.123456789Z"}
 * </pre>
 *
 * <p>Other senders use the same names and leave out the line feed. Only the length shows that a
 * line is a part. Parts are joined as JSON text, before their escapes are read. Not thread-safe.
 */
public final class DockerParts {

  static final byte[] LOG = Bytes.ascii("{\"log\":\"");

  private static final byte[] OUT = Bytes.ascii("\",\"stream\":\"stdout\",");

  private static final byte[] ERR = Bytes.ascii("\",\"stream\":\"stderr\",");

  /** How many bytes of output Docker puts into a part. */
  private static final int PART = 16 << 10;

  /** Bytes that are not UTF-8 and lines with separators of paragraphs count a little less. */
  static final int SHORTEST_PART = PART - 384;

  /** The largest buffer that is kept for the next line. */
  private static final int KEPT_BYTES = 64 << 10;

  /** Escapes lengthen a text; twice is more than logs need. */
  private static final int ROOM_FOR_ESCAPES = 2;

  private final int limit;

  private Output out = new Output();

  private Output err = new Output();

  private byte[] joined = {};

  private int length;

  private boolean cut;

  private boolean whole;

  /**
   * @param limit the longest value in bytes
   */
  public DockerParts(int limit) {
    this.limit = limit * ROOM_FOR_ESCAPES;
  }

  /** Takes over the open lines of another one. */
  public void continueAs(DockerParts before) {
    out = before.out;
    err = before.err;
  }

  /** How many bytes are held for parts. */
  public int memoryBytes() {
    return out.text.array().length + err.text.array().length;
  }

  /**
   * Takes an object if it is a part of a longer line.
   *
   * @param from where the object begins
   * @param to where it ends
   * @return false if it is a line by itself
   */
  public boolean take(byte[] bytes, int from, int to) {
    boolean open = out.isOpen() || err.isOpen();
    int end = (open || to - from >= SHORTEST_PART) ? endOfText(bytes, from, to) : -1;
    if (end < 0) {
      return false;
    }
    int text = from + LOG.length;
    Output output = isOut(bytes, end, to) ? out : err;
    boolean part = isPart(bytes, text, end);
    if (!part && !output.isOpen()) {
      return false;
    }
    output.keep(bytes, text, end, to, limit);
    whole = !part;
    if (whole) {
      close(output);
    }
    return true;
  }

  /** Whether the object that was taken last completed a line, which is in {@link #joined} now. */
  public boolean isWhole() {
    return whole;
  }

  /** Completes a line whose last part is missing; returns false if there is none. */
  public boolean closeOne() {
    if (!out.isOpen() && !err.isOpen()) {
      return false;
    }
    close(out.isOpen() ? out : err);
    return true;
  }

  /** A line as one object; only the first {@link #length} bytes count. */
  public byte[] joined() {
    return joined;
  }

  /** The length of the line in bytes. */
  public int length() {
    return length;
  }

  /** Whether the joined line was too long. */
  public boolean isCut() {
    return cut;
  }

  private void close(Output output) {
    output.text.append(output.tail, 0, output.tail.length);
    joined = output.text.array();
    length = output.text.length();
    cut = output.cut;
    output.forget();
  }

  /** Where the text of a line ends; -1 if an object is not a line of Docker. */
  static int endOfText(byte[] bytes, int from, int to) {
    if (!Bytes.startsWith(bytes, from, to, LOG)) {
      return -1;
    }
    int at = Bytes.indexOfEither(bytes, from + LOG.length, to, (byte) '"', (byte) '\\');
    while (at < to && bytes[at] == '\\') {
      at = Bytes.indexOfEither(bytes, Math.min(at + 2, to), to, (byte) '"', (byte) '\\');
    }
    return (isOut(bytes, at, to) || Bytes.startsWith(bytes, at, to, ERR)) ? at : -1;
  }

  /** Whether the text that ends at an index is from the standard output. */
  static boolean isOut(byte[] bytes, int end, int to) {
    return Bytes.startsWith(bytes, end, to, OUT);
  }

  /** Whether a text is as long as a part and does not end with a line feed. */
  static boolean isPart(byte[] bytes, int from, int to) {
    if (to - from < SHORTEST_PART) {
      return false;
    }
    int count = 0;
    boolean lineFeed = false;
    for (int at = from; at < to; count++) {
      lineFeed = bytes[at] == '\\' && bytes[at + 1] == 'n';
      at += (bytes[at] != '\\') ? 1 : (bytes[at + 1] == 'u') ? 6 : 2;
    }
    return !lineFeed && count >= SHORTEST_PART && count <= PART;
  }

  /** The parts of one output's line. */
  private static final class Output {

    private ByteBuilder text = new ByteBuilder(16);

    /** What follows the text of the last part. */
    private byte[] tail = {};

    private boolean cut;

    boolean isOpen() {
      return tail.length > 0;
    }

    void keep(byte[] bytes, int from, int to, int end, int limit) {
      if (!isOpen()) {
        text.truncate(0);
        text.append(LOG, 0, LOG.length);
        cut = false;
      }
      if (text.length() + to - from <= limit) {
        text.append(bytes, from, to);
      } else {
        cut = true;
      }
      tail = Arrays.copyOfRange(bytes, to, end);
    }

    void forget() {
      tail = new byte[0];
      if (text.array().length > KEPT_BYTES) {
        text = new ByteBuilder(16);
      }
    }
  }
}
