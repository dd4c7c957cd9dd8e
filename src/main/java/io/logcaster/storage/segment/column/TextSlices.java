package io.logcaster.storage.segment.column;

import java.util.Objects;

/**
 * Texts that lie in one array, each from its start to its end. This is a read-only view of the
 * arrays, valid until their owner refills them.
 */
public final class TextSlices {

  private final byte[] bytes;

  private final int[] starts;

  private final int[] ends;

  private final int count;

  /**
   * Creates a view of texts.
   *
   * @param bytes the array that contains the texts
   * @param starts where each text begins
   * @param ends where each text ends
   * @param count the number of texts, at most as many as there are starts and ends
   */
  public TextSlices(byte[] bytes, int[] starts, int[] ends, int count) {
    Objects.checkFromToIndex(0, count, Math.min(starts.length, ends.length));
    this.bytes = bytes;
    this.starts = starts;
    this.ends = ends;
    this.count = count;
  }

  /** The number of texts. */
  public int count() {
    return count;
  }

  /** The array that contains the texts. */
  public byte[] bytes() {
    return bytes;
  }

  /** The index of a text's first byte. */
  public int start(int index) {
    return starts[index];
  }

  /** The index after a text's last byte. */
  public int end(int index) {
    return ends[index];
  }

  public int length(int index) {
    return ends[index] - starts[index];
  }
}
