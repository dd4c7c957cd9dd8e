package io.logcaster.ingest;

/**
 * Knows whether a line of a container's log file has only come in part, for readers of files that
 * must not separate the parts. It knows the format of Kubernetes and that of Docker's {@code
 * json-file}. Not thread-safe.
 */
public final class OpenLines {

  private static final byte[] OUT = Bytes.ascii(" stdout ");

  private static final byte[] ERR = Bytes.ascii(" stderr ");

  private static final int STDOUT = 1;

  private static final int STDERR = 2;

  /** The shortest time and the longest one. */
  private static final int TIME_FROM = 19;

  private static final int TIME_TO = 40;

  private int open;

  /** Forgets earlier lines. */
  public void begin() {
    open = 0;
  }

  /** Whether another part of a line must follow. */
  public boolean isAny() {
    return open != 0;
  }

  /** Takes note of a line, with or without its line feed. */
  public void add(byte[] bytes, int from, int to) {
    if (from == to) {
      return;
    }
    if (bytes[from] == '{') {
      if (open != 0 || to - from >= DockerParts.SHORTEST_PART) {
        docker(bytes, from, to);
      }
    } else if (to - from > TIME_FROM && bytes[from + 10] == 'T' && Bytes.isDigit(bytes[from])) {
      container(bytes, from, to);
    }
  }

  private void docker(byte[] bytes, int from, int to) {
    int end = DockerParts.endOfText(bytes, from, to);
    if (end > 0) {
      int output = DockerParts.isOut(bytes, end, to) ? STDOUT : STDERR;
      set(output, DockerParts.isPart(bytes, from + DockerParts.LOG.length, end));
    }
  }

  private void container(byte[] bytes, int from, int to) {
    int most = Math.min(to, from + TIME_TO);
    int blank = Bytes.indexOf(bytes, from + TIME_FROM, most, (byte) ' ');
    int tag = blank + OUT.length;
    if (tag < to) {
      if (Bytes.startsWith(bytes, blank, to, OUT)) {
        set(STDOUT, bytes[tag] == 'P');
      } else if (Bytes.startsWith(bytes, blank, to, ERR)) {
        set(STDERR, bytes[tag] == 'P');
      }
    }
  }

  private void set(int output, boolean part) {
    open = part ? open | output : open & ~output;
  }
}
