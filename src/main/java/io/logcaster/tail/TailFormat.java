package io.logcaster.tail;

/** What stands around and between the records of a {@link TailEvent.Records}. */
enum TailFormat {

  /** A JSON array. */
  ARRAY('[', ',', ']'),

  /** A line for each record, the last one with its line feed, too. */
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
