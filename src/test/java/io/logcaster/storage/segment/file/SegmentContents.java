package io.logcaster.storage.segment.file;

import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.MessageObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Reads segments and batches as records, with fields by name. */
public final class SegmentContents {

  private SegmentContents() {}

  public static SegmentInfo write(Path file, List<RecordBatch> batches) throws IOException {
    return SegmentWriter.write(file, batches, Collections.nCopies(batches.size(), null));
  }

  /** As {@link #write}, with the words of blocks in groups, however few blocks there are. */
  public static SegmentInfo writeGrouped(Path file, List<RecordBatch> batches) throws IOException {
    return SegmentWriter.write(
        file, batches, Collections.nCopies(batches.size(), null), MessageObserver.Flush.NONE, 1);
  }

  /** A check of a block of a segment. */
  @FunctionalInterface
  public interface BlockCheck {

    void check(SegmentReader reader, int block) throws IOException;
  }

  /**
   * Writes random records to a segment and checks each of its blocks. Even seeds write their words
   * in groups.
   */
  public static void checkBlocks(long seed, BlockCheck check) throws IOException {
    Path directory = Files.createTempDirectory("segment");
    Path file = directory.resolve("blocks");
    try {
      if ((seed & 1) == 0) {
        writeGrouped(file, RandomBatches.of(seed));
      } else {
        write(file, RandomBatches.of(seed));
      }
      try (SegmentReader reader = SegmentReader.open(file)) {
        for (int block = 0; block < reader.blockCount(); block++) {
          check.check(reader, block);
        }
      }
    } finally {
      Files.deleteIfExists(file);
      Files.delete(directory);
    }
  }

  public static List<RecordBatch> batches(SegmentReader reader) throws IOException {
    List<RecordBatch> batches = new ArrayList<>();
    for (int block = 0; block < reader.blockCount(); block++) {
      batches.add(reader.read(block));
    }
    return batches;
  }

  /** Returns the offset of the messages of a segment's first block in the file. */
  public static long messageOffset(SegmentReader reader) throws IOException {
    ColumnEntry messages = Objects.requireNonNull(reader.entry(0).columns().get(Field.MESSAGE));
    return Objects.requireNonNull(messages.body()).offset();
  }

  /** Returns the offset of the words of a group of blocks in the file. */
  public static long groupOffset(SegmentReader reader, int group) {
    return reader.group(group).place().offset();
  }

  public static List<LogRecord> records(SegmentReader reader) throws IOException {
    return records(batches(reader));
  }

  /** Sorted, because a segment has its own order. */
  public static List<LogRecord> records(List<RecordBatch> batches) {
    List<LogRecord> records = new ArrayList<>();
    for (RecordBatch batch : batches) {
      for (LogRecord record : batch.records()) {
        records.add(
            new LogRecord(
                record.time(),
                record.severity(),
                record.message(),
                record.fields().stream().sorted(Comparator.comparing(Field::name)).toList()));
      }
    }
    records.sort(Comparator.comparingLong(LogRecord::time).thenComparing(LogRecord::toString));
    return records;
  }
}
