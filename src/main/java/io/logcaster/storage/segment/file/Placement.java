package io.logcaster.storage.segment.file;

import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.ByteSink;
import io.logcaster.storage.segment.bytes.ByteSource;
import io.logcaster.storage.segment.bytes.MalformedException;
import java.util.zip.CRC32C;

/**
 * The place of a checksummed range in the file.
 *
 * @param offset the offset of the first byte
 * @param length the length in bytes
 * @param crc the CRC-32C of the range
 */
record Placement(long offset, int length, int crc) {

  /** Stands for a filter whose words are in a group of blocks. */
  static final Placement NOWHERE = new Placement(0, 0, 0);

  void write(ByteSink target) {
    target.putVarint(offset);
    target.putVarint(length);
    target.putInt(crc);
  }

  /** Writes the placement of the bytes appended to a block since {@code start}. */
  static void write(ByteSink block, int start, long base, ByteSink entry) {
    int length = block.length() - start;
    new Placement(base + start, length, crc(block.array(), start, length)).write(entry);
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
