package io.logcaster.cli;

import java.util.List;

/**
 * Endless lines of {@link RealLines}: a few of one program on one host, in their order in the file,
 * then some of another.
 */
final class RealLineSource extends LineSource {

  /** Escapes apart, what a line has beside its message and mark. */
  private static final int ENVELOPE = 300;

  /** The maximum number of consecutive lines of one stream. */
  private static final int BURST = 16;

  private static final int[] PRIORITIES = {135, 134, 132, 131};

  private static final byte[][] LEVELS = {
    ascii("DEBUG"), ascii("INFO"), ascii("WARN"), ascii("ERROR")
  };

  private static final byte[] HOST = ascii("host-");
  private static final byte[] NO_IDS_NO_DATA = ascii(" - - - ");
  private static final byte[] TIME_KEY = ascii("{\"_time\":\"");
  private static final byte[] LEVEL_KEY = ascii("\",\"level\":\"");
  private static final byte[] HOST_KEY = ascii("\",\"host\":\"");
  private static final byte[] APP_KEY = ascii("\",\"app\":\"");
  private static final byte[] MESSAGE_KEY = ascii("\",\"_msg\":\"");

  private final RealLines lines;

  /** The programs' names. */
  private final byte[][] names;

  /** The position at which each program continues. */
  private final int[] positions;

  private int program;
  private int host;
  private int left;

  /** The message of the current line. */
  private VariedLine line;

  RealLineSource(RealLines lines, Format format, long seed, long startNanos, String mark) {
    super(format, seed, startNanos, mark);
    this.lines = lines;
    this.positions = new int[lines.programs().size()];
    this.names = new byte[positions.length][];
    for (int i = 0; i < positions.length; i++) {
      names[i] = ascii(lines.programs().get(i).name());
      positions[i] = below(lines.programs().get(i).lines().size());
    }
    this.line = lines.programs().getFirst().lines().getFirst();
  }

  @Override
  int maxLine() {
    return lines.maxMessage() + ENVELOPE;
  }

  @Override
  void choose() {
    if (left == 0) {
      left = 1 + below(BURST);
      program = below(positions.length);
      // Some hosts write more than others.
      host = below(1 + below(lines.hosts()));
    }
    left--;
    List<VariedLine> messages = lines.programs().get(program).lines();
    line = messages.get(positions[program]);
    positions[program] = (positions[program] + 1) % messages.size();
  }

  @Override
  int raw(byte[] target, int start) {
    int at = time(target, start);
    target[at++] = ' ';
    at = put(LEVELS[line.level()], target, at);
    target[at++] = ' ';
    return marked(line.write(this, target, at), target);
  }

  @Override
  int syslog(byte[] target, int start) {
    int at = start;
    target[at++] = '<';
    at = decimal(PRIORITIES[line.level()], target, at);
    target[at++] = '>';
    target[at++] = '1';
    target[at++] = ' ';
    at = time(target, at);
    target[at++] = ' ';
    at = decimal(host, target, put(HOST, target, at));
    target[at++] = ' ';
    at = put(names[program], target, at);
    at = put(NO_IDS_NO_DATA, target, at);
    return marked(line.write(this, target, at), target);
  }

  @Override
  int json(byte[] target, int start) {
    int at = put(TIME_KEY, target, start);
    at = time(target, at);
    at = put(LEVEL_KEY, target, at);
    at = put(LEVELS[line.level()], target, at);
    at = put(HOST_KEY, target, at);
    at = decimal(host, target, put(HOST, target, at));
    at = put(APP_KEY, target, at);
    at = put(names[program], target, at);
    at = put(MESSAGE_KEY, target, at);
    at = marked(line.write(this, target, at), target);
    target[at++] = '"';
    target[at++] = '}';
    return at;
  }
}
