package io.logcaster.tail;

/** The bytes around and between the records of a {@link TailEvent.Records}. */
enum TailFormat {

  /** A JSON array. */
  ARRAY('[', ',', ']'),

  /** A line per record; the last one also ends with a line feed. */
  LINES(0, '\n', '\n');

  /** Bytes; 0 for none. */
  final int before;

  final int between;
  final int after;

  TailFormat(int before, int between, int after) {
    this.before = before;
    this.between = between;
    this.after = after;
  }
}
