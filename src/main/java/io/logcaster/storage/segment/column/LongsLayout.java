package io.logcaster.storage.segment.column;

import io.logcaster.storage.segment.bytes.Bits;
import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.ByteSource;
import io.logcaster.storage.segment.bytes.MalformedException;

/**
 * The description of a sequence of numbers that {@link LongsEncoder} wrote, and where they lie in
 * the body. Decoding is a separate step, because most queries need few of the numbers. Also defines
 * the constants of the layout. Immutable.
 */
public final class LongsLayout {

  /** Mode byte: the body stores differences of neighbours. */
  static final int DELTA = 1;

  /**
   * Flag in the layout byte: the high bits are in the compressed area. The other seven bits are the
   * width.
   */
  static final int SPLIT = 0x80;

  /** Layout byte: codes of a dictionary. No width without {@link #SPLIT} is as large. */
  static final int DICTIONARY = 0x7F;

  private static final long[] NO_NUMBERS = {};

  private final int count;

  private final boolean delta;

  private final long first;

  private final long step;

  /** How many numbers the body stores; of differences, one less than {@code count}. */
  private final int stored;

  private final int layout;

  /** Bits of each number in the hard area. */
  private final int packed;

  private final int hardAt;

  private final int softAt;

  private final long[] distinct;

  private LongsLayout(BodyReader body, int count) throws MalformedException {
    this.count = count;
    if (count == 0) {
      delta = false;
      first = 0;
      step = 0;
      stored = 0;
      layout = 0;
      packed = 0;
      hardAt = 0;
      softAt = 0;
      distinct = NO_NUMBERS;
      return;
    }
    int mode = body.meta.get();
    if (mode > DELTA) {
      throw new MalformedException("unknown mode " + mode + " of numbers");
    }
    delta = mode == DELTA;
    first = body.meta.getSigned();
    step = delta ? body.meta.getSigned() : 0;
    stored = delta ? count - 1 : count;
    layout = body.meta.get();
    softAt = body.soft.position();
    if (layout == DICTIONARY) {
      distinct = new long[body.meta.getCount(LongsEncoder.MAX_DICTIONARY)];
      for (int i = 0; i < distinct.length; i++) {
        distinct[i] = body.meta.getVarint();
      }
      packed = 0;
    } else {
      distinct = NO_NUMBERS;
      packed = ((layout & SPLIT) != 0) ? body.meta.get() : checkedWidth(layout);
    }
    if ((layout & SPLIT) != 0 && packed > Math.min(checkedWidth(width()), Bits.MAX_PACKED)) {
      throw new MalformedException("numbers of " + width() + " bits with " + packed + " low bits");
    }
    long bytes = Bits.bytes(stored, packed);
    if (bytes > body.hard.remaining()) {
      throw new MalformedException("packed numbers are truncated");
    }
    hardAt = body.hard.take((int) bytes);
    if (layout == DICTIONARY || ((layout & SPLIT) != 0 && hasHighBytes())) {
      body.soft.take(stored);
    } else if ((layout & SPLIT) != 0) {
      for (int i = 0; i < stored; i++) {
        body.soft.getVarint();
      }
    }
  }

  /** Reads the description of {@code count} numbers and skips the numbers. */
  static LongsLayout read(BodyReader body, int count) throws MalformedException {
    return new LongsLayout(body, count);
  }

  /** Reads {@code count} numbers into a new array. */
  public static long[] decode(BodyReader body, int count) throws MalformedException {
    return read(body, count).decode(body);
  }

  private static int checkedWidth(int width) throws MalformedException {
    if (width > Bits.MAX_PACKED && width != 64) {
      throw new MalformedException("unsupported width of " + width + " bits");
    }
    return width;
  }

  private int width() {
    return layout & ~SPLIT;
  }

  private boolean hasHighBytes() {
    return width() - packed <= 8;
  }

  /**
   * Decodes the numbers into a new array.
   *
   * @param body the body that the description was read from, or a second reading of it
   */
  public long[] decode(BodyReader body) throws MalformedException {
    long[] values = new long[count];
    if (count == 0) {
      return values;
    }
    int to = count - stored;
    if (layout == DICTIONARY) {
      codes(body.soft.array(), values, to);
    } else if ((layout & SPLIT) == 0) {
      unpack(body.hard.array(), values, to);
    } else if (hasHighBytes()) {
      unpackWithHighBytes(body.hard.array(), body.soft.array(), values, to);
    } else {
      unpack(body.hard.array(), values, to);
      addHigh(body.soft.from(softAt), values, to);
    }
    if (delta) {
      values[0] = first;
      for (int i = 1; i < count; i++) {
        values[i] += values[i - 1] + step;
      }
    } else if (first != 0) {
      for (int i = 0; i < count; i++) {
        values[i] += first;
      }
    }
    return values;
  }

  private void unpack(byte[] hard, long[] values, int to) {
    if (packed > 0) {
      for (int i = 0; i < stored; i++) {
        values[to + i] = Bits.get(hard, hardAt, packed, i);
      }
    }
  }

  /** Joins both parts in one pass, because most numbers, such as times, have this layout. */
  private void unpackWithHighBytes(byte[] hard, byte[] highs, long[] values, int to) {
    if (packed == 0) {
      for (int i = 0; i < stored; i++) {
        values[to + i] = highs[softAt + i] & 0xffL;
      }
      return;
    }
    for (int i = 0; i < stored; i++) {
      values[to + i] = Bits.get(hard, hardAt, packed, i) | (highs[softAt + i] & 0xffL) << packed;
    }
  }

  private void codes(byte[] soft, long[] values, int to) throws MalformedException {
    for (int i = 0; i < stored; i++) {
      int code = soft[softAt + i] & 0xff;
      if (code >= distinct.length) {
        throw new MalformedException("code " + code + " is not below " + distinct.length);
      }
      values[to + i] = distinct[code];
    }
  }

  private void addHigh(ByteSource varints, long[] values, int to) throws MalformedException {
    for (int i = 0; i < stored; i++) {
      values[to + i] |= varints.getVarint() << packed;
    }
  }
}
