package io.logcaster.storage.segment.file;

import io.logcaster.storage.segment.bytes.ByteSink;

/**
 * The facts about each block that need no description. Reads them in the mapped file, because a
 * query needs the times of every block. Immutable.
 */
final class Directory {

  static final int ENTRY_BYTES = 40;

  private static final int OFFSET = 0;

  private static final int LENGTH = 8;

  private static final int CRC = 12;

  private static final int ROWS = 16;

  private static final int STREAM = 20;

  private static final int MIN_TIME = 24;

  private static final int MAX_TIME = 32;

  /** Instead of a stream: the block has several. */
  private static final int SEVERAL = -1;

  private final MappedFile file;

  private final long start;

  /** Creates a view of the directory that begins at {@code start}. */
  Directory(MappedFile file, long start) {
    this.file = file;
    this.start = start;
  }

  /**
   * Writes the entry of the next block.
   *
   * @param entryAt the offset of the block's description, relative to the first description
   * @param entry the block's description
   * @param stream the number of the block's stream, if it has only one
   */
  static void write(
      ByteSink target,
      long entryAt,
      ByteSink entry,
      int rows,
      int stream,
      boolean oneStream,
      long minTime,
      long maxTime) {
    target.putLong(entryAt);
    target.putInt(entry.length());
    target.putInt(Placement.crc(entry.array(), 0, entry.length()));
    target.putInt(rows);
    target.putInt(oneStream ? stream : SEVERAL);
    target.putLong(minTime);
    target.putLong(maxTime);
  }

  /** The offset of a block's directory entry in the file. */
  long at(int block) {
    return start + (long) block * ENTRY_BYTES;
  }

  /** The offset of a block's description, relative to the first description. */
  long entryOffset(int block) {
    return file.getLong(at(block) + OFFSET);
  }

  int entryLength(int block) {
    return file.getInt(at(block) + LENGTH);
  }

  int entryCrc(int block) {
    return file.getInt(at(block) + CRC);
  }

  int rows(int block) {
    return file.getInt(at(block) + ROWS);
  }

  /** The number of a block's only stream; negative if it has several. */
  int stream(int block) {
    return file.getInt(at(block) + STREAM);
  }

  long minTime(int block) {
    return file.getLong(at(block) + MIN_TIME);
  }

  long maxTime(int block) {
    return file.getLong(at(block) + MAX_TIME);
  }
}
