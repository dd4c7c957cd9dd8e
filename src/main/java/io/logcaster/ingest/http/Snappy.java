package io.logcaster.ingest.http;

/**
 * Unpacks Snappy's block format: the length as a varint, then literals and copies of what was
 * unpacked before.
 *
 * @see <a href="https://github.com/google/snappy/blob/main/format_description.txt">Format</a>
 */
final class Snappy {

  private Snappy() {}

  /**
   * Unpacks a block.
   *
   * @param limit the most bytes it may become
   */
  static byte[] unpack(byte[] packed, int length, long limit) throws RefusedException {
    int at = 0;
    long size = 0;
    for (int shift = 0; ; shift += 7) {
      if (at >= length || shift > 28) {
        throw malformed();
      }
      byte b = packed[at++];
      size |= (b & 0x7fL) << shift;
      if (b >= 0) {
        break;
      }
    }
    // A copy of three bytes makes at most 64: a larger promise is a lie.
    if (size > limit || size > (length - at) * 64L) {
      throw new RefusedException("The body unpacks to more than it may.");
    }
    byte[] out = new byte[(int) size];
    int used = 0;
    while (at < length) {
      int tag = packed[at++] & 0xff;
      int count;
      int offset;
      if ((tag & 3) == 0) {
        int extra = Math.max(0, (tag >> 2) - 59);
        long literal = extra == 0 ? tag >> 2 : number(packed, at, extra, length);
        at += extra;
        if (literal + 1 > length - at || literal + 1 > out.length - used) {
          throw malformed();
        }
        System.arraycopy(packed, at, out, used, (int) literal + 1);
        at += (int) literal + 1;
        used += (int) literal + 1;
        continue;
      }
      if ((tag & 3) == 1) {
        count = (tag >> 2 & 7) + 4;
        offset = (tag >> 5) << 8 | (int) number(packed, at, 1, length);
        at += 1;
      } else {
        int width = (tag & 3) == 2 ? 2 : 4;
        count = (tag >> 2) + 1;
        offset = (int) number(packed, at, width, length);
        at += width;
      }
      if (offset <= 0 || offset > used || count > out.length - used) {
        throw malformed();
      }
      for (int i = 0; i < count; i++) {
        out[used] = out[used - offset];
        used++;
      }
    }
    if (used != out.length) {
      throw malformed();
    }
    return out;
  }

  private static long number(byte[] packed, int at, int width, int length) throws RefusedException {
    if (at + width > length) {
      throw malformed();
    }
    long number = 0;
    for (int i = 0; i < width; i++) {
      number |= (packed[at + i] & 0xffL) << (8 * i);
    }
    return number;
  }

  private static RefusedException malformed() {
    return new RefusedException("The body is not packed with Snappy's block format.");
  }
}
