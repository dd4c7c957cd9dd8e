package io.logcaster.storage.segment;

import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.segment.file.CorruptSegmentException;
import io.logcaster.storage.segment.file.SegmentReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides about segment files that the manifest does not name and that are not {@link WrittenOff}.
 * An operator put them there, for example from the quarantine. They are adopted, unless scans would
 * then find records twice.
 */
final class StraySegments {

  private final WrittenOff writtenOff;
  private final long flushed;
  private final List<SegmentHandle> named;

  /**
   * Creates the judge for one start.
   *
   * @param flushed the last WAL sequence that is in segments
   * @param named the segments that the manifest names
   */
  StraySegments(WrittenOff writtenOff, long flushed, List<SegmentHandle> named) {
    this.writtenOff = writtenOff;
    this.flushed = flushed;
    this.named = List.copyOf(named);
  }

  /**
   * Returns why a segment cannot be adopted; null if it can.
   *
   * @throws CorruptSegmentException if it is damaged
   */
  @Nullable String objection(SegmentHandle stray) throws IOException {
    if (!writtenOff.isKnown() && Partitions.sequence(stray.file()) > flushed) {
      // A version without the file WRITTEN_OFF may have been killed while it wrote this segment.
      return "its records may be in the write-ahead log, too";
    }
    try {
      Path twin = twin(stray);
      return (twin == null) ? null : "some of its records are in " + twin.getFileName() + ", too";
    } catch (UncheckedIOException ex) {
      throw ex.getCause();
    }
  }

  /** Returns a named segment that contains one of three samples of a stray; null if none does. */
  private @Nullable Path twin(SegmentHandle stray) throws IOException {
    SegmentReader reader = stray.reader();
    int last = reader.blockCount() - 1;
    for (int block : new LinkedHashSet<>(List.of(0, Math.max(0, last / 2), Math.max(0, last)))) {
      if (block > last) {
        continue;
      }
      RecordBatch sample = reader.read(block);
      for (SegmentHandle other : named) {
        if (holds(other.reader(), sample.record(sample.size() / 2))) {
          return other.file();
        }
      }
    }
    return null;
  }

  private static boolean holds(SegmentReader reader, LogRecord record) throws IOException {
    Set<?> fields = new HashSet<>(record.fields());
    for (int block = 0; block < reader.blockCount(); block++) {
      if (reader.minTime(block) > record.time() || reader.maxTime(block) < record.time()) {
        continue;
      }
      RecordBatch batch = reader.read(block);
      long[] times = batch.times();
      for (int row = 0; row < times.length; row++) {
        if (times[row] == record.time()) {
          LogRecord other = batch.record(row);
          if (other.message().equals(record.message())
              && fields.equals(new HashSet<>(other.fields()))) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
