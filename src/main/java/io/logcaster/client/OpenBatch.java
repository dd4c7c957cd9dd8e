package io.logcaster.client;

/** The batch that is being filled. Used under the lock of its queue. */
final class OpenBatch {

  private final int maxLength;
  private final int maxRecords;
  private byte[] bytes;
  private int length;
  private int records;
  private long since;

  /**
   * @param maxLength the size at which it is complete; a single larger record is still accepted
   * @param maxRecords the number of records at which it is complete
   */
  OpenBatch(byte[] bytes, int maxLength, int maxRecords) {
    this.bytes = bytes;
    this.maxLength = maxLength;
    this.maxRecords = maxRecords;
  }

  boolean isEmpty() {
    return records == 0;
  }

  int length() {
    return length;
  }

  int records() {
    return records;
  }

  /** When the first record was added, as {@link System#nanoTime}. */
  long since() {
    return since;
  }

  boolean hasRoom(int moreLength, int moreRecords) {
    return records == 0
        || (length + moreLength <= maxLength && records + moreRecords <= maxRecords);
  }

  /** Adds lines for which there is room. */
  void add(byte[] source, int from, int to, int count) {
    if (records == 0) {
      since = System.nanoTime();
      if (bytes.length < to - from) {
        bytes = new byte[to - from];
      }
    }
    System.arraycopy(source, from, bytes, length, to - from);
    length += to - from;
    records += count;
  }

  void clear() {
    length = 0;
    records = 0;
  }

  /** Moves the content to a batch and starts over with another buffer. */
  Batch complete(long sequence, byte[] next) {
    Batch batch = new Batch(sequence, bytes, length, records);
    bytes = next;
    clear();
    return batch;
  }
}
