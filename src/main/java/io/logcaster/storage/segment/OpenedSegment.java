package io.logcaster.storage.segment;

import io.logcaster.record.RecordBatch;
import io.logcaster.storage.StoredSegment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Predicate;

/** A segment in the hands of an observer, which is one of its users. */
final class OpenedSegment implements StoredSegment {

  private final SegmentHandle handle;

  private OpenedSegment(SegmentHandle handle) {
    this.handle = handle;
  }

  static OpenedSegment of(SegmentHandle handle) {
    handle.retain();
    return new OpenedSegment(handle);
  }

  @Override
  public long sequence() {
    return Partitions.sequence(handle.file());
  }

  @Override
  public long records() {
    return handle.info().records();
  }

  @Override
  public void read(Predicate<RecordBatch> consumer) throws IOException {
    try {
      boolean more = true;
      for (int block = 0; more && block < handle.reader().blockCount(); block++) {
        more = consumer.test(handle.reader().read(block));
      }
    } catch (UncheckedIOException ex) {
      throw ex.getCause();
    } catch (InternalError ex) {
      throw new IOException("A page of " + handle + " cannot be read", ex);
    }
  }

  @Override
  public void close() {
    handle.release();
  }
}
