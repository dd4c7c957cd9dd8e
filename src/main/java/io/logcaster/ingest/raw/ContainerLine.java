package io.logcaster.ingest.raw;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.LocalTimes;
import java.util.Arrays;

/**
 * Removes the wrapper from a line of a container's log file: {@code TIME stdout F line}. Joins the
 * parts of a line that the runtime has split; these are marked {@code P} instead of {@code F}.
 * Lines of the two outputs may alternate, so each output has its own parts.
 *
 * @see <a
 *     href="https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md">Kubelet
 *     CRI logging</a>
 */
final class ContainerLine {

  private static final byte[] OUT = Bytes.ascii(" stdout ");

  private static final byte[] ERR = Bytes.ascii(" stderr ");

  private static final byte[] STDOUT = Bytes.ascii("stdout");

  private static final byte[] STDERR = Bytes.ascii("stderr");

  /** The longest time has 35 bytes. */
  private static final int LONGEST_TIME = 40;

  /** The largest buffer that is kept for the next line. */
  private static final int KEPT_BYTES = 32 << 10;

  private final LocalTimes times;

  private final int limit;

  private Output out = new Output(STDOUT);

  private Output err = new Output(STDERR);

  /** The output of the last line. */
  private Output current = out;

  /**
   * Creates a reader.
   *
   * @param limit lines joined from parts are truncated to this many bytes
   */
  ContainerLine(LocalTimes times, int limit) {
    this.times = times;
    this.limit = limit;
  }

  /** Takes over the state of another reader. */
  void continueAs(ContainerLine before) {
    out = before.out;
    err = before.err;
    current = before.current;
  }

  /** Returns where the container's own line begins; -1 if there is no wrapper. */
  int parse(byte[] bytes, int from, int to) {
    if (to - from < LONGEST_TIME || bytes[from + 10] != 'T' || !Bytes.isDigit(bytes[from])) {
      return -1;
    }
    int blank = Bytes.indexOf(bytes, from + 19, from + LONGEST_TIME, (byte) ' ');
    if (to - blank < 10 || bytes[blank + 1] != 's' || bytes[blank + 9] != ' ') {
      return -1;
    }
    boolean stderr = Bytes.startsWith(bytes, blank, to, ERR);
    byte tag = bytes[blank + 8];
    if ((!stderr && !Bytes.startsWith(bytes, blank, to, OUT)) || (tag != 'F' && tag != 'P')) {
      return -1;
    }
    if (times.read(bytes, from, blank) != blank) {
      return -1;
    }
    current = stderr ? err : out;
    if (current.length == 0) {
      current.time = times.time();
    }
    return blank + 10;
  }

  /** Whether a line will be continued by the next one, given where its own text begins. */
  static boolean isPart(byte[] bytes, int start) {
    return bytes[start - 2] == 'P';
  }

  /** How many bytes are held for parts. */
  int memoryBytes() {
    return out.joined.length + err.joined.length;
  }

  /** Keeps a part until the rest of its line arrives. */
  void keep(byte[] bytes, int from, int to) {
    current.keep(bytes, from, to, limit);
  }

  /** Whether the output of the last line has parts. */
  boolean hasParts() {
    return current.length > 0;
  }

  /** Turns to an output that has parts; returns false if none has. */
  boolean selectParts() {
    current = (out.length > 0) ? out : err;
    return hasParts();
  }

  /** A buffer with the parts so far; only the first {@link #takeLength} bytes count. */
  byte[] joined() {
    return current.joined;
  }

  /** Returns the total length of the parts, and resets it. */
  int takeLength() {
    int taken = current.length;
    current.length = 0;
    return taken;
  }

  /** Whether the last joined line was too long. */
  boolean takeCut() {
    boolean was = current.cut;
    current.cut = false;
    return was;
  }

  /** The time of the line, or of its first part. */
  long time() {
    return current.time;
  }

  /** {@code stdout} or {@code stderr}. */
  byte[] stream() {
    return current.name;
  }

  /** The parts of one output's line. */
  private static final class Output {

    private final byte[] name;

    private byte[] joined = {};

    private int length;

    private boolean cut;

    private long time;

    Output(byte[] name) {
      this.name = name;
    }

    void keep(byte[] bytes, int from, int to, int limit) {
      if (length == 0 && joined.length > KEPT_BYTES) {
        joined = new byte[0];
      }
      int room = Math.min(to - from, limit - length);
      cut |= room < to - from;
      if (joined.length < length + room) {
        joined = Arrays.copyOf(joined, Math.min(limit, (length + room) * 2));
      }
      System.arraycopy(bytes, from, joined, length, room);
      length += room;
    }
  }
}
