package io.logcaster.storage.segment.file;

import io.logcaster.record.Stream;
import io.logcaster.storage.BlockSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A summary of neighbouring blocks together: their times and their words. */
final class GroupSummary implements BlockSummary {

  private final SegmentReader reader;

  private final WordGroup group;

  private final int size;

  /**
   * Creates a summary.
   *
   * @param size the number of blocks of the group that a scan would read
   */
  GroupSummary(SegmentReader reader, WordGroup group, int size) {
    this.reader = reader;
    this.group = group;
    this.size = size;
  }

  @Override
  public int groupSize() {
    return size;
  }

  @Override
  public int rows() {
    int rows = 0;
    for (int i = 0; i < group.blocks(); i++) {
      rows += reader.rows(group.firstBlock() + i);
    }
    return rows;
  }

  @Override
  public long minTime() {
    long time = Long.MAX_VALUE;
    for (int i = 0; i < group.blocks(); i++) {
      time = Math.min(time, reader.minTime(group.firstBlock() + i));
    }
    return time;
  }

  @Override
  public long maxTime() {
    long time = Long.MIN_VALUE;
    for (int i = 0; i < group.blocks(); i++) {
      time = Math.max(time, reader.maxTime(group.firstBlock() + i));
    }
    return time;
  }

  @Override
  public @Nullable Stream stream() {
    return null;
  }

  @Override
  public ColumnSummary column(String name) {
    return new ColumnSummary() {
      @Override
      public boolean mayContainToken(long hash) {
        try {
          return reader.blocksWith(group, name, hash) != 0;
        } catch (IOException ex) {
          throw new UncheckedIOException(ex);
        }
      }
    };
  }
}
