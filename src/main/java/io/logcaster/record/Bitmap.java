package io.logcaster.record;

import java.util.Arrays;

/** A set of row numbers below a fixed size: the selection that filters narrow. Not thread-safe. */
public final class Bitmap {

  private final long[] words;

  private final int size;

  private Bitmap(long[] words, int size) {
    this.words = words;
    this.size = size;
  }

  /** An empty selection over {@code size} rows. */
  public static Bitmap none(int size) {
    return new Bitmap(new long[(size + 63) >>> 6], size);
  }

  /** A selection of all {@code size} rows. */
  public static Bitmap all(int size) {
    Bitmap bitmap = none(size);
    bitmap.fill();
    return bitmap;
  }

  /**
   * A selection from its bits.
   *
   * @param bits 64 rows per word, lowest bit first; at least as many words as {@code size} needs
   */
  public static Bitmap of(long[] bits, int size) {
    Bitmap bitmap = none(size);
    System.arraycopy(bits, 0, bitmap.words, 0, bitmap.words.length);
    if ((size & 63) != 0) {
      bitmap.words[bitmap.words.length - 1] &= (1L << size) - 1;
    }
    return bitmap;
  }

  /** The number of rows that the selection covers, selected or not. */
  public int size() {
    return size;
  }

  public boolean get(int row) {
    return (words[row >>> 6] & (1L << row)) != 0;
  }

  public void set(int row) {
    words[row >>> 6] |= 1L << row;
  }

  public void clear(int row) {
    words[row >>> 6] &= ~(1L << row);
  }

  /** Selects every row. */
  void fill() {
    Arrays.fill(words, -1L);
    if ((size & 63) != 0) {
      words[words.length - 1] = (1L << size) - 1;
    }
  }

  /** Selects no row. */
  public void clear() {
    Arrays.fill(words, 0L);
  }

  /** Whether every row is selected. */
  public boolean isFull() {
    int whole = size >>> 6;
    for (int i = 0; i < whole; i++) {
      if (words[i] != -1L) {
        return false;
      }
    }
    return (size & 63) == 0 || words[whole] == (1L << size) - 1;
  }

  public boolean isEmpty() {
    for (long word : words) {
      if (word != 0) {
        return false;
      }
    }
    return true;
  }

  /** How many rows are selected. */
  public int cardinality() {
    int count = 0;
    for (long word : words) {
      count += Long.bitCount(word);
    }
    return count;
  }

  /**
   * The first selected row at or after a row.
   *
   * @param from where to begin, 0 or more
   * @return the row, or -1 if no row follows
   */
  public int next(int from) {
    int index = from >>> 6;
    if (index >= words.length) {
      return -1;
    }
    long word = words[index] & (-1L << from);
    while (word == 0) {
      if (++index == words.length) {
        return -1;
      }
      word = words[index];
    }
    return (index << 6) + Long.numberOfTrailingZeros(word);
  }

  /** Keeps the rows that {@code other}, which has the same size, selects too. */
  public void and(Bitmap other) {
    for (int i = 0; i < words.length; i++) {
      words[i] &= other.words[i];
    }
  }

  /** Adds the rows of {@code other}, which has the same size. */
  public void or(Bitmap other) {
    for (int i = 0; i < words.length; i++) {
      words[i] |= other.words[i];
    }
  }

  /** Removes the rows of {@code other}, which has the same size. */
  public void andNot(Bitmap other) {
    for (int i = 0; i < words.length; i++) {
      words[i] &= ~other.words[i];
    }
  }

  /**
   * Keeps the rows whose code passes.
   *
   * @param codes the code of each row
   * @param passes for each code, whether it passes
   */
  public void retain(char[] codes, boolean[] passes) {
    for (int i = 0; i < words.length; i++) {
      long word = words[i];
      if (word != 0) {
        int first = i << 6;
        int count = Math.min(64, size - first);
        long kept = 0;
        for (int bit = 0; bit < count; bit++) {
          kept |= (passes[codes[first + bit]] ? 1L : 0L) << bit;
        }
        words[i] = word & kept;
      }
    }
  }

  /** As {@link #retain(char[], boolean[])}, for codes that are unsigned bytes. */
  public void retain(byte[] codes, boolean[] passes) {
    for (int i = 0; i < words.length; i++) {
      long word = words[i];
      if (word != 0) {
        int first = i << 6;
        int count = Math.min(64, size - first);
        long kept = 0;
        for (int bit = 0; bit < count; bit++) {
          kept |= (passes[codes[first + bit] & 0xff] ? 1L : 0L) << bit;
        }
        words[i] = word & kept;
      }
    }
  }

  /** The selected row numbers, ascending. */
  public int[] toArray() {
    int[] numbers = new int[cardinality()];
    int count = 0;
    for (int row = next(0); row >= 0; row = next(row + 1)) {
      numbers[count++] = row;
    }
    return numbers;
  }

  public Bitmap copy() {
    return new Bitmap(words.clone(), size);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bitmap that && size == that.size && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return 31 * size + Arrays.hashCode(words);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int row = next(0); row >= 0; row = next(row + 1)) {
      text.append((text.length() > 1) ? "," : "").append(row);
    }
    return text.append('}').append(" of ").append(size).toString();
  }
}
