package io.logcaster.storage.segment.file;

import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.ByteSink;
import io.logcaster.storage.segment.bytes.ByteSource;
import io.logcaster.storage.segment.bytes.MalformedException;
import java.util.zip.CRC32C;

/**
 * Where a checksummed range of the file lies.
 *
 * @param offset its first byte
 * @param length how many bytes it has
 * @param crc their CRC-32C
 */
record Placement(long offset, int length, int crc) {

  /** Describes what was appended to a block since {@code start}. */
  static void write(ByteSink block, int start, long base, ByteSink entry) {
    int length = block.length() - start;
    entry.putVarint(base + start);
    entry.putVarint(length);
    entry.putInt(crc(block.array(), start, length));
  }

  static Placement read(ByteSource entry) throws MalformedException {
    long offset = entry.getVarint();
    int length = entry.getCount(Integer.MAX_VALUE - BodyReader.PADDING);
    return new Placement(offset, length, entry.getInt());
  }

  static int crc(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
