package io.logcaster.ingest.json;

/** The best value so far of a part of a record; a reference to bytes, which must stay. */
final class BestCandidate {

  private static final int NONE = Integer.MAX_VALUE;

  private int rank = NONE;

  private int column;

  private byte[] bytes = {};

  private int from;

  private int to;

  void forget() {
    rank = NONE;
  }

  void keep(int rank, int column, byte[] bytes, int from, int to) {
    this.rank = rank;
    this.column = column;
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  void keep(BestCandidate other) {
    keep(other.rank, other.column, other.bytes, other.from, other.to);
  }

  boolean isSet() {
    return rank != NONE;
  }

  /** Whether there is a value and it came in a column. */
  boolean isFrom(int column) {
    return rank != NONE && this.column == column;
  }

  /** Its place among the names of the part, more than any where there is none. */
  int rank() {
    return rank;
  }

  int column() {
    return column;
  }

  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }
}
