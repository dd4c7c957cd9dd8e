package io.logcaster.storage.segment;

/** Reads what {@link LongsEncoder} wrote, and names the numbers both know. */
final class LongsLayout {

  /** In the first byte: differences follow. */
  static final int DELTA = 1;

  /**
   * In the layout byte: the high bits are in the compressed area. The low seven bits are a width.
   */
  static final int SPLIT = 0x80;

  /** As layout byte: codes of a dictionary. No width is as large without {@link #SPLIT}. */
  static final int DICTIONARY = 0x7F;

  private LongsLayout() {}

  /** Reads a number of numbers into a new array. */
  static long[] decode(BodyReader body, int count) throws MalformedException {
    long[] values = new long[count];
    if (count == 0) {
      return values;
    }
    int mode = body.meta.get();
    if (mode > DELTA) {
      throw new MalformedException("mode " + mode + " of numbers");
    }
    long first = body.meta.getSigned();
    if (mode == DELTA) {
      long step = body.meta.getSigned();
      offsets(body, values, 1, count - 1);
      values[0] = first;
      for (int i = 1; i < count; i++) {
        values[i] += values[i - 1] + step;
      }
    } else {
      offsets(body, values, 0, count);
      for (int i = 0; i < count; i++) {
        values[i] += first;
      }
    }
    return values;
  }

  private static void offsets(BodyReader body, long[] values, int to, int count)
      throws MalformedException {
    int layout = body.meta.get();
    if (layout == 0) {
      return;
    }
    if (layout == DICTIONARY) {
      dictionary(body, values, to, count);
    } else if ((layout & SPLIT) != 0) {
      split(body, layout & ~SPLIT, values, to, count);
    } else {
      unpack(body, checkedWidth(layout), values, to, count);
    }
  }

  private static int checkedWidth(int width) throws MalformedException {
    if (width > Bits.MAX_PACKED && width != 64) {
      throw new MalformedException("numbers " + width + " bits wide");
    }
    return width;
  }

  private static void unpack(BodyReader body, int width, long[] values, int to, int count)
      throws MalformedException {
    if (width == 0) {
      return;
    }
    long bytes = Bits.bytes(count, width);
    if (bytes > body.hard.remaining()) {
      throw new MalformedException("packed numbers end early");
    }
    int from = body.hard.take((int) bytes);
    byte[] packed = body.hard.array();
    for (int i = 0; i < count; i++) {
      values[to + i] = Bits.get(packed, from, width, i);
    }
  }

  private static void dictionary(BodyReader body, long[] values, int to, int count)
      throws MalformedException {
    long[] distinct = new long[body.meta.getCount(LongsEncoder.MAX_DICTIONARY)];
    for (int i = 0; i < distinct.length; i++) {
      distinct[i] = body.meta.getVarint();
    }
    int from = body.soft.take(count);
    byte[] codes = body.soft.array();
    for (int i = 0; i < count; i++) {
      int code = codes[from + i] & 0xff;
      if (code >= distinct.length) {
        throw new MalformedException("code " + code + " of " + distinct.length + " numbers");
      }
      values[to + i] = distinct[code];
    }
  }

  private static void split(BodyReader body, int width, long[] values, int to, int count)
      throws MalformedException {
    checkedWidth(width);
    int low = body.meta.get();
    if (low > Math.min(width, Bits.MAX_PACKED)) {
      throw new MalformedException("low part of " + low + " bits out of " + width);
    }
    unpack(body, low, values, to, count);
    if (width - low <= 8) {
      int from = body.soft.take(count);
      byte[] highs = body.soft.array();
      for (int i = 0; i < count; i++) {
        values[to + i] |= (highs[from + i] & 0xffL) << low;
      }
    } else {
      for (int i = 0; i < count; i++) {
        values[to + i] |= body.soft.getVarint() << low;
      }
    }
  }
}
