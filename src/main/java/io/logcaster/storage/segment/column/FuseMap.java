package io.logcaster.storage.segment.column;

import io.logcaster.record.Hash;
import io.logcaster.storage.segment.bytes.Bits;
import io.logcaster.storage.segment.bytes.ByteSink;
import io.logcaster.storage.segment.bytes.ByteSource;
import io.logcaster.storage.segment.bytes.MalformedException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A fixed map from hashes to numbers of a few bits. It does not store its keys: for any other key
 * it returns an arbitrary number, so numbers that must not be found by chance need check bits. A
 * number is the exclusive or of three cells, as in a binary fuse filter (Graf and Lemire, "Binary
 * Fuse Filters: Fast and Smaller Than Xor Filters", JEA 2022), which takes 13 to 25 % more bits
 * than the numbers alone. Lookups read the cells in the mapped file.
 *
 * @param width the bits of a number, 1 to {@link #MAX_WIDTH}
 * @param seed the number of the hash function
 * @param shift the binary logarithm of the cells in a section
 * @param sections the number of sections in which the first of three cells may lie; 0 for no keys
 * @param offset the offset of the cells
 */
public record FuseMap(int width, int seed, int shift, int sections, long offset) {

  /** Cells are built in two bytes. */
  static final int MAX_WIDTH = 16;

  private static final int MAX_SHIFT = 18;

  /** A hash function fails for one set of keys in a hundred, or for some in small sets. */
  private static final int MAX_SEED = 200;

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /**
   * Reads the head of a map and skips its cells.
   *
   * @param source the bytes of the map
   * @param base the offset in the file of the first byte of the source's array
   */
  public static FuseMap read(ByteSource source, long base) throws MalformedException {
    int width = source.get();
    int seed = source.get();
    int shift = source.get();
    int sections = source.getInt();
    if (width < 1 || width > MAX_WIDTH || shift > MAX_SHIFT || sections < 0) {
      throw new MalformedException("map of width " + width + " with " + sections + " sections");
    }
    long bytes = (cells(sections, shift) * width + 7) >>> 3;
    if (bytes > source.remaining()) {
      throw new MalformedException("map of " + bytes + " bytes, " + source.remaining() + " left");
    }
    return new FuseMap(width, seed, shift, sections, base + source.take((int) bytes));
  }

  private static long cells(int sections, int shift) {
    return (sections == 0) ? 0 : (sections + 2L) << shift;
  }

  private static long mixed(long key, int seed) {
    return Hash.mix(key + seed);
  }

  /** One of the three cells of a key, which lie in consecutive sections. */
  private static int cell(long mixed, int which, int sections, int shift) {
    int first = (int) Math.unsignedMultiplyHigh(mixed, (long) sections << shift);
    int within = (int) (mixed >>> (which * MAX_SHIFT)) & ((1 << shift) - 1);
    return (which == 0) ? first : (first + (which << shift)) ^ within;
  }

  /**
   * Returns the number of a key.
   *
   * @param file the mapped file that contains the map
   */
  public int get(MemorySegment file, long key) {
    if (sections == 0) {
      return 0;
    }
    long mixed = mixed(key, seed);
    long cells = 0;
    for (int which = 0; which < 3; which++) {
      long bit = (long) cell(mixed, which, sections, shift) * width;
      cells ^= file.get(LONG, offset + (bit >>> 3)) >>> (bit & 7);
    }
    return (int) cells & ((1 << width) - 1);
  }

  /** Builds maps. Reusable, not thread-safe. */
  public static final class Builder {

    /** For each cell, four times the number of its keys, and which of their cells it is, xored. */
    private int[] counts = {};

    /** The indexes of the keys of each cell, xored; later the cell's number. */
    private int[] indexes = {};

    /** Cells that have a single key. */
    private int[] single = {};

    /** The keys in the order in which they were taken out. */
    private int[] order = {};

    private byte[] places = {};

    private int sections;

    private int shift;

    /**
     * Appends a map.
     *
     * @param keys distinct hashes; more may follow after the first {@code count}
     * @param numbers the number of each key
     * @throws IllegalStateException if no hash function serves, which takes equal keys
     */
    public void write(long[] keys, char[] numbers, int count, int width, ByteSink target) {
      size(count);
      int seed = 0;
      while (count > 0 && !order(keys, count, seed)) {
        if (++seed > MAX_SEED) {
          throw new IllegalStateException("No map for " + count + " keys");
        }
      }
      target.put(width);
      target.put(seed);
      target.put(shift);
      target.putInt(sections);
      assign(keys, numbers, count, seed);
      pack((int) cells(sections, shift), width, target);
    }

    /** Chooses the number of cells: these are the sizes at which nearly every set of keys works. */
    private void size(int count) {
      shift = 0;
      sections = 0;
      if (count == 0) {
        return;
      }
      double log = Math.log(Math.max(count, 2));
      shift = Math.clamp((int) (log / Math.log(3.33) + 2.25), 2, MAX_SHIFT);
      double factor = Math.max(1.125, 0.875 + 0.25 * Math.log(1e6) / log);
      sections = Math.max(1, ((int) (count * factor) >>> shift) - 1);
      int cells = (int) cells(sections, shift);
      if (counts.length < cells) {
        counts = new int[cells];
        indexes = new int[cells];
        single = new int[cells];
      }
      if (order.length < count) {
        order = new int[count];
        places = new byte[count];
      }
    }

    /**
     * Takes out key after key that is alone in one of its cells. Returns whether that takes out
     * all; then numbers can be assigned in the reverse order.
     */
    private boolean order(long[] keys, int count, int seed) {
      int cells = (int) cells(sections, shift);
      Arrays.fill(counts, 0, cells, 0);
      Arrays.fill(indexes, 0, cells, 0);
      for (int i = 0; i < count; i++) {
        long mixed = mixed(keys[i], seed);
        for (int which = 0; which < 3; which++) {
          int cell = cell(mixed, which, sections, shift);
          counts[cell] = (counts[cell] + 4) ^ which;
          indexes[cell] ^= i;
        }
      }
      int waiting = 0;
      for (int cell = 0; cell < cells; cell++) {
        if (counts[cell] >>> 2 == 1) {
          single[waiting++] = cell;
        }
      }
      int taken = 0;
      while (waiting > 0) {
        int cell = single[--waiting];
        if (counts[cell] >>> 2 != 1) {
          continue;
        }
        int key = indexes[cell];
        order[taken] = key;
        places[taken++] = (byte) (counts[cell] & 3);
        long mixed = mixed(keys[key], seed);
        for (int which = 0; which < 3; which++) {
          int other = cell(mixed, which, sections, shift);
          counts[other] = (counts[other] - 4) ^ which;
          indexes[other] ^= key;
          if (counts[other] >>> 2 == 1) {
            single[waiting++] = other;
          }
        }
      }
      return taken == count;
    }

    private void assign(long[] keys, char[] numbers, int count, int seed) {
      Arrays.fill(indexes, 0, (int) cells(sections, shift), 0);
      for (int i = count - 1; i >= 0; i--) {
        long mixed = mixed(keys[order[i]], seed);
        int number = numbers[order[i]];
        for (int which = 0; which < 3; which++) {
          number ^= indexes[cell(mixed, which, sections, shift)];
        }
        // The cell itself is still 0.
        indexes[cell(mixed, places[i], sections, shift)] = number;
      }
    }

    private void pack(int cells, int width, ByteSink target) {
      int bytes = (int) Bits.bytes(cells, width);
      int at = target.reserve(bytes);
      byte[] out = target.array();
      long pending = 0;
      int filled = 0;
      for (int cell = 0; cell < cells; cell++) {
        pending |= (long) indexes[cell] << filled;
        for (filled += width; filled >= 8; filled -= 8) {
          out[at++] = (byte) pending;
          pending >>>= 8;
        }
      }
      if (filled > 0) {
        out[at] = (byte) pending;
      }
      target.length(target.length() + bytes);
    }
  }
}
