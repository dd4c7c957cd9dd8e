package io.logcaster.transform;

import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds many texts in the values of a column by one pass, so that ten transforms on words of the
 * message cost little more than one. The pass takes samples of a few bytes at such distances that
 * each text has one of them, and compares texts only where a sample is a part of one: with texts of
 * six bytes or more, every fourth byte begins a sample. After S. Wu and U. Manber, "A fast
 * algorithm for multi-pattern searching" (1994), but with constant distances, for which the
 * processor need not wait.
 *
 * <p>Immutable.
 */
final class LiteralScan {

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** The table of samples fits into the processor's cache. */
  private static final int HASH_BITS = 13;

  /** Longer beginnings of texts make the distances hardly longer, and the table fuller. */
  private static final int LONGEST = 16;

  private final byte[][] texts;

  /** What of four bytes belongs to a sample. */
  private final int mask;

  private final int sampleLength;

  private final int distance;

  private final boolean[] known = new boolean[1 << HASH_BITS];

  /** For each known sample, the numbers of its texts, each followed by its place in that. */
  private final int[] @Nullable [] places = new int[1 << HASH_BITS][];

  /**
   * @param texts each of at least two bytes of UTF-8
   */
  LiteralScan(List<String> texts) {
    this.texts =
        texts.stream().map((text) -> text.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    int shortest = Arrays.stream(this.texts).mapToInt((t) -> t.length).min().orElse(2);
    int length = Math.min(LONGEST, shortest);
    sampleLength = length >= 8 ? 4 : length >= 5 ? 3 : 2;
    mask = (int) ((1L << (Byte.SIZE * sampleLength)) - 1);
    distance = length - sampleLength + 1;
    for (int text = 0; text < this.texts.length; text++) {
      for (int place = 0; place < distance; place++) {
        add(hash(sample(this.texts[text], place)), text, place);
      }
    }
  }

  private void add(int hash, int text, int place) {
    int[] before = places[hash];
    int[] more = before == null ? new int[2] : Arrays.copyOf(before, before.length + 2);
    more[more.length - 2] = text;
    more[more.length - 1] = place;
    places[hash] = more;
    known[hash] = true;
  }

  private int sample(byte[] bytes, int at) {
    if (at + Integer.BYTES <= bytes.length) {
      return (int) INTS.get(bytes, at) & mask;
    }
    int sample = 0;
    for (int i = sampleLength - 1; i >= 0; i--) {
      sample = (sample << Byte.SIZE) | (bytes[at + i] & 0xff);
    }
    return sample;
  }

  private static int hash(int sample) {
    return (sample * 0x9E3779B1) >>> (Integer.SIZE - HASH_BITS);
  }

  /**
   * Looks for the texts in all values.
   *
   * @return for each text, the rows whose value has it; null for none
   */
  @Nullable Bitmap[] find(Column column, int size) {
    @Nullable Bitmap[] found = new Bitmap[texts.length];
    byte[] bytes = column.bytes();
    for (int row = 0; row < size; row++) {
      int from = column.start(row);
      int to = column.end(row);
      for (int at = from; at + sampleLength <= to; at += distance) {
        int hash = hash(sample(bytes, at));
        if (known[hash]) {
          compare(hash, bytes, from, at, to, row, size, found);
        }
      }
    }
    return found;
  }

  private void compare(
      int hash,
      byte[] bytes,
      int from,
      int at,
      int to,
      int row,
      int size,
      @Nullable Bitmap[] found) {
    int[] candidates = places[hash];
    for (int i = 0; candidates != null && i < candidates.length; i += 2) {
      byte[] text = texts[candidates[i]];
      int start = at - candidates[i + 1];
      int end = start + text.length;
      if (start >= from && end <= to && Arrays.equals(text, 0, text.length, bytes, start, end)) {
        Bitmap rows = found[candidates[i]];
        if (rows == null) {
          rows = Bitmap.none(size);
          found[candidates[i]] = rows;
        }
        rows.set(row);
      }
    }
  }
}
