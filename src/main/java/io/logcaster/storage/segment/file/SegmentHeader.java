package io.logcaster.storage.segment.file;

import io.logcaster.storage.segment.bytes.ByteSink;
import io.logcaster.storage.segment.bytes.ByteSource;
import io.logcaster.storage.segment.bytes.MalformedException;

/**
 * The first bytes of a segment file. All versions have the same header, so that readers can
 * distinguish another version from damage.
 *
 * @param magic {@link SegmentFormat#MAGIC} if the file is a segment
 * @param version the format version of the file
 * @param crc the checksum of magic and version
 */
public record SegmentHeader(long magic, int version, int crc) {

  public static final int BYTES = 16;

  private static final int CHECKED_BYTES = 12;

  static SegmentHeader of(int version) {
    return new SegmentHeader(SegmentFormat.MAGIC, version, checksum(SegmentFormat.MAGIC, version));
  }

  private static int checksum(long magic, int version) {
    ByteSink checked = new ByteSink(CHECKED_BYTES);
    checked.putLong(magic);
    checked.putInt(version);
    return Placement.crc(checked.array(), 0, checked.length());
  }

  /**
   * Reads a header without checking its content.
   *
   * @param bytes the first {@link #BYTES} of a file
   * @throws MalformedException if there are fewer bytes
   */
  public static SegmentHeader read(byte[] bytes) throws MalformedException {
    ByteSource source = new ByteSource(bytes, 0, bytes.length);
    return new SegmentHeader(source.getLong(), source.getInt(), source.getInt());
  }

  void write(ByteSink target) {
    target.putLong(magic);
    target.putInt(version);
    target.putInt(crc);
  }

  public boolean isSegment() {
    return magic == SegmentFormat.MAGIC;
  }

  /** Whether this LogCaster supports the version. */
  public boolean isReadable() {
    return version >= SegmentFormat.OLDEST_VERSION && version <= SegmentFormat.VERSION;
  }

  boolean isIntact() {
    return crc == checksum(magic, version);
  }
}
