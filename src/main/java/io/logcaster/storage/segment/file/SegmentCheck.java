package io.logcaster.storage.segment.file;

import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Reads all of a segment that is here and verifies every checksum. */
final class SegmentCheck {

  private final SegmentReader reader;

  SegmentCheck(SegmentReader reader) {
    this.reader = reader;
  }

  /**
   * Runs the check.
   *
   * @throws CorruptSegmentException with the first damaged place
   */
  void run() throws IOException {
    long records = 0;
    for (int block = 0; block < reader.blockCount(); block++) {
      BlockEntry entry = reader.entry(block);
      records += entry.rows();
      if (!reader.isRemote()) {
        bodies(entry);
        decode(block);
      }
      for (ColumnEntry column : entry.columns().values()) {
        if (column.bloom() != null) {
          body(column.bloom().place());
        }
      }
    }
    for (int group = 0; group < reader.groupCount(); group++) {
      body(reader.group(group).place());
    }
    if (records != reader.info().records()) {
      throw reader.corrupt(
          reader.entriesAt(),
          "the blocks have " + records + " of " + reader.info().records() + " records");
    }
  }

  private void bodies(BlockEntry entry) throws CorruptSegmentException {
    body(entry.times());
    body(entry.severities());
    for (ColumnEntry column : entry.columns().values()) {
      body(column.body());
    }
  }

  private void body(@Nullable Placement place) throws CorruptSegmentException {
    if (place != null) {
      byte[] _ = reader.body(place);
    }
  }

  private void decode(int block) throws IOException {
    RecordBatch batch = reader.read(block);
    try {
      batch.times();
      batch.severity(0);
      // Requesting text forces columns to decode everything.
      batch.column(Field.MESSAGE).bytes();
      batch.fieldNames().forEach((name) -> batch.column(name).bytes());
      for (int i = 0; i < batch.streamCount(); i++) {
        batch.stream(i);
      }
    } catch (UncheckedIOException ex) {
      throw ex.getCause();
    }
  }
}
