package io.logcaster.ingest.json;

/** The best value so far for a part of a record, as a range of bytes that must not change. */
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

  /** Whether there is a value and it belongs to a column. */
  boolean isFrom(int column) {
    return rank != NONE && this.column == column;
  }

  /** The rank of its name; above all ranks if there is no value. */
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
