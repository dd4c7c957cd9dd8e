package io.logcaster.cli;

import io.logcaster.record.Timestamps;

/**
 * The parts of a line as {@link LineGenerator} writes it in JSON, whose names and their order are
 * known, so that taking it apart costs little. Values have no escapes.
 */
final class BenchLine {

  private byte[] bytes = {};
  private int at;

  /** The time in nanoseconds since the epoch. */
  long time;

  int levelFrom;
  int levelTo;
  int hostFrom;
  int hostTo;
  int appFrom;
  int appTo;
  int pid;
  int traceFrom;
  int traceTo;
  int messageFrom;
  int messageTo;

  /** Reads the line at a place and returns the index after it. */
  int read(byte[] lines, int from) {
    bytes = lines;
    at = from;
    int start = text();
    time = Timestamps.parse(lines, start, at);
    levelFrom = text();
    levelTo = at;
    hostFrom = text();
    hostTo = at;
    appFrom = text();
    appTo = at;
    pid = number();
    traceFrom = text();
    traceTo = at;
    messageFrom = text();
    messageTo = at;
    while (bytes[at] != '\n') {
      at++;
    }
    return at + 1;
  }

  /** Goes to the end of the next text value and returns where it begins. */
  private int text() {
    colon();
    int from = at + 1;
    at = from;
    while (bytes[at] != '"') {
      at++;
    }
    return from;
  }

  private int number() {
    colon();
    int value = 0;
    while (bytes[at] >= '0' && bytes[at] <= '9') {
      value = value * 10 + bytes[at++] - '0';
    }
    return value;
  }

  /** Moves past the next name and its colon. */
  private void colon() {
    while (bytes[at] != ':') {
      at++;
    }
    at++;
  }
}
