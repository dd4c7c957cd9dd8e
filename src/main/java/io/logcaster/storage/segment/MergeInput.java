package io.logcaster.storage.segment;

import io.logcaster.record.Column;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Stream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of segments that are merged. They are all given to the writer at once, but only the
 * last few that it looked at are held decoded: it writes stream by stream, in the order in which
 * each input has its streams, so it needs about one block of each at a time. A block that is let go
 * too early is decoded again.
 */
final class MergeInput {

  private final int limit;
  private final ArrayDeque<Block> decoded = new ArrayDeque<>();

  /**
   * Makes an input without blocks.
   *
   * @param segments how many segments the blocks come from
   */
  MergeInput(int segments) {
    // Twice, because a stream may end one block and begin the next in every input.
    limit = segments * 2 + 1;
  }

  /** A block for the writer. Used by one thread. */
  RecordBatch block(SegmentReader reader, int index) {
    return new Block(reader, index);
  }

  private final class Block extends RecordBatch {

    private final SegmentReader reader;
    private final int index;
    private @Nullable RecordBatch batch;

    Block(SegmentReader reader, int index) {
      this.reader = reader;
      this.index = index;
    }

    private RecordBatch batch() {
      RecordBatch known = batch;
      if (known != null && decoded.peekLast() == this) {
        return known;
      }
      if (known == null) {
        try {
          known = reader.read(index);
        } catch (IOException ex) {
          throw new UncheckedIOException(ex);
        }
        batch = known;
        if (decoded.size() == limit) {
          decoded.removeFirst().batch = null;
        }
      } else {
        decoded.remove(this);
      }
      decoded.addLast(this);
      return known;
    }

    @Override
    public int size() {
      return reader.summary(index).rows();
    }

    @Override
    public long[] times() {
      return batch().times();
    }

    @Override
    public int severity(int row) {
      return batch().severity(row);
    }

    @Override
    public long minTime() {
      return reader.summary(index).minTime();
    }

    @Override
    public long maxTime() {
      return reader.summary(index).maxTime();
    }

    @Override
    public int streamOrdinal(int row) {
      return batch().streamOrdinal(row);
    }

    @Override
    public int streamCount() {
      return batch().streamCount();
    }

    @Override
    public Stream stream(int ordinal) {
      return batch().stream(ordinal);
    }

    @Override
    public Column column(String name) {
      return batch().column(name);
    }

    @Override
    public List<String> fieldNames() {
      return batch().fieldNames();
    }

    @Override
    public long memoryBytes() {
      return batch().memoryBytes();
    }
  }
}
