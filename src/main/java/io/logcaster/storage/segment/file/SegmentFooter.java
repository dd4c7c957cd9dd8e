package io.logcaster.storage.segment.file;

import io.logcaster.storage.segment.bytes.ByteSink;
import io.logcaster.storage.segment.bytes.ByteSource;
import io.logcaster.storage.segment.bytes.MalformedException;

/**
 * The last bytes of a segment file. They say where everything else is.
 *
 * @param entriesAt the offset of the first block's description, after the last block
 * @param indexAt the offset of the streams, which the directory follows
 * @param streamsLength the length of the streams in bytes
 * @param streams the number of streams
 * @param blocks the number of blocks
 * @param indexCrc the checksum of the streams and the directory
 * @param records the number of records
 * @param minTime the earliest time, in nanoseconds since the epoch
 * @param maxTime the latest time
 * @param version the format version, as in the header
 */
record SegmentFooter(
    long entriesAt,
    long indexAt,
    int streamsLength,
    int streams,
    int blocks,
    int indexCrc,
    long records,
    long minTime,
    long maxTime,
    int version) {

  static final int BYTES = 72;

  /** The bytes before the checksum, which it covers. */
  private static final int CHECKED_BYTES = 60;

  /**
   * Reads a footer and verifies its checksum.
   *
   * @param bytes the last {@link #BYTES} of a file
   */
  static SegmentFooter read(byte[] bytes) throws MalformedException {
    ByteSource source = new ByteSource(bytes, 0, bytes.length);
    SegmentFooter footer = readFields(source);
    int crc = source.getInt();
    if (source.getLong() != SegmentFormat.MAGIC) {
      throw new MalformedException("the end is missing: the file was truncated or never finished");
    }
    if (crc != Placement.crc(bytes, 0, CHECKED_BYTES)) {
      throw new MalformedException("wrong checksum of the footer");
    }
    return footer;
  }

  private static SegmentFooter readFields(ByteSource source) throws MalformedException {
    return new SegmentFooter(
        source.getLong(),
        source.getLong(),
        source.getInt(),
        source.getInt(),
        source.getInt(),
        source.getInt(),
        source.getLong(),
        source.getLong(),
        source.getLong(),
        source.getInt());
  }

  /** Whether bytes look like the footer of a version, even if their checksum is wrong. */
  static boolean names(int version, byte[] bytes) throws MalformedException {
    ByteSource source = new ByteSource(bytes, 0, bytes.length);
    SegmentFooter footer = readFields(source);
    source.getInt();
    return source.getLong() == SegmentFormat.MAGIC && footer.version == version;
  }

  void write(ByteSink target) {
    int start = target.length();
    target.putLong(entriesAt);
    target.putLong(indexAt);
    target.putInt(streamsLength);
    target.putInt(streams);
    target.putInt(blocks);
    target.putInt(indexCrc);
    target.putLong(records);
    target.putLong(minTime);
    target.putLong(maxTime);
    target.putInt(version);
    target.putInt(Placement.crc(target.array(), start, target.length() - start));
    target.putLong(SegmentFormat.MAGIC);
  }

  /** Whether this footer is consistent with the header and the size of its file. */
  boolean fits(SegmentHeader header, long fileSize) {
    return entriesAt >= SegmentHeader.BYTES
        && entriesAt <= indexAt
        && streams >= 0
        && streamsLength >= streams * 4L
        && blocks >= 0
        && (version >= SegmentFormat.GROUPED
            ? groupsAt() < fileSize - BYTES
            : groupsAt() == fileSize - BYTES)
        && version == header.version();
  }

  long directoryAt() {
    return indexAt + streamsLength;
  }

  /** The end of the directory, where groups of blocks follow from {@link SegmentFormat#GROUPED}. */
  long groupsAt() {
    return directoryAt() + (long) blocks * Directory.ENTRY_BYTES;
  }

  SegmentInfo info(long fileSize) {
    return new SegmentInfo(records, fileSize, minTime, maxTime, blocks);
  }
}
