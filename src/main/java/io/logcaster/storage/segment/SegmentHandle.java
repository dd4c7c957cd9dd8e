package io.logcaster.storage.segment;

import io.logcaster.storage.segment.file.BlockCache;
import io.logcaster.storage.segment.file.SegmentInfo;
import io.logcaster.storage.segment.file.SegmentReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open segment and those who use it. It is unmapped, and deleted where it was replaced, when the
 * last of them lets go.
 */
final class SegmentHandle {

  private final String day;
  private final Path file;
  private final SegmentReader reader;
  private final AtomicInteger users = new AtomicInteger(1);
  private volatile boolean deleted;

  private SegmentHandle(String day, Path file, SegmentReader reader) {
    this.day = day;
    this.file = file;
    this.reader = reader;
  }

  static SegmentHandle open(String day, Path file, BlockCache cache) throws IOException {
    return new SegmentHandle(day, file, SegmentReader.open(file, cache));
  }

  /** The partition: a UTC day as {@code 2026-11-21}, a month or a year. */
  String day() {
    return day;
  }

  Path file() {
    return file;
  }

  SegmentReader reader() {
    return reader;
  }

  SegmentInfo info() {
    return reader.info();
  }

  /** Uses the segment; only those may ask who know that somebody else still does. */
  void retain() {
    users.incrementAndGet();
  }

  /** Uses the segment no longer. */
  void release() {
    if (users.decrementAndGet() == 0) {
      try {
        reader.close();
        if (deleted) {
          Files.deleteIfExists(file);
        }
      } catch (IOException ex) {
        throw new UncheckedIOException("Segment " + file + " could not be closed", ex);
      }
    }
  }

  /** Deletes the file once nobody uses it. */
  void deleteWhenUnused() {
    deleted = true;
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
