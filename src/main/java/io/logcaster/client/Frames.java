package io.logcaster.client;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Encodes and decodes the headers of LogCaster's framed protocol. A header has 20 bytes,
 * big-endian: {@code 0xC1 'L' 'C'}, version, type, flags, u16 reserved, u32 sequence, u32 payload
 * length, u32 CRC-32C of the payload.
 */
final class Frames {

  static final int HEADER = 20;

  static final int HELLO = 1;
  static final int DATA = 2;
  static final int ACK = 3;
  static final int ERROR = 4;
  static final int BYE = 7;

  /** The largest payload that a server accepts, in bytes. */
  static final int MAX_PAYLOAD = 1 << 20;

  /** The maximum number of records in a frame; a server accepts slightly more. */
  static final int MAX_RECORDS = 50_000;

  /** The largest sequence, which has 32 bits. */
  static final long MAX_SEQUENCE = 0xffffffffL;

  private static final int MAGIC_AND_VERSION = 0xC14C4301;

  private Frames() {}

  /** The header of a frame with a payload. */
  static byte[] header(int type, long sequence, byte[] payload, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(payload, 0, length);
    return ByteBuffer.allocate(HEADER)
        .putInt(MAGIC_AND_VERSION)
        .put((byte) type)
        .put((byte) 0)
        .putShort((short) 0)
        .putInt((int) sequence)
        .putInt(length)
        .putInt((int) checksum.getValue())
        .array();
  }

  static boolean isFrame(ByteBuffer header) {
    return header.getInt(0) == MAGIC_AND_VERSION;
  }

  static int type(ByteBuffer header) {
    return header.get(4);
  }

  static long sequence(ByteBuffer header) {
    return header.getInt(8) & MAX_SEQUENCE;
  }

  static long length(ByteBuffer header) {
    return header.getInt(12) & 0xffffffffL;
  }
}
