package io.logcaster.ingest.framed;

import com.github.luben.zstd.Zstd;

/** Unpacks the payloads of one connection, each into the same buffer. */
final class Payloads {

  static final int MALFORMED = -1;

  static final int TOO_LARGE = -2;

  /** What zstd returns for a frame of unknown size. */
  private static final long UNKNOWN_SIZE = -1;

  private static final byte[] NOTHING = {};

  private byte[] unpacked = NOTHING;

  byte[] bytes() {
    return unpacked;
  }

  void release() {
    unpacked = NOTHING;
  }

  /**
   * Unpacks a payload.
   *
   * @return its length, {@link #MALFORMED} or {@link #TOO_LARGE}
   */
  int unpack(byte[] bytes, int from, int length) {
    long size = Zstd.getFrameContentSize(bytes, from, length);
    if (size < UNKNOWN_SIZE) {
      return MALFORMED;
    }
    if (size > FrameFormat.MAX_UNPACKED) {
      return TOO_LARGE;
    }
    // A sender that compresses a stream does not know the size beforehand.
    long room = (size == UNKNOWN_SIZE) ? length * 8L + 1024 : size;
    while (true) {
      if (unpacked.length < room) {
        unpacked = new byte[(int) Math.min(FrameFormat.MAX_UNPACKED, room)];
      }
      long done = Zstd.decompressByteArray(unpacked, 0, unpacked.length, bytes, from, length);
      if (!Zstd.isError(done)) {
        return (int) done;
      }
      if (Zstd.getErrorCode(done) != Zstd.errDstSizeTooSmall()) {
        return MALFORMED;
      }
      if (unpacked.length >= FrameFormat.MAX_UNPACKED) {
        return TOO_LARGE;
      }
      room = unpacked.length * 4L;
    }
  }
}
