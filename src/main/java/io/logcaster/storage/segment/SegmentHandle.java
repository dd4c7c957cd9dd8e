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
 * An open segment with a count of its users. When the last one releases it, it is unmapped, and its
 * file is deleted if it was replaced.
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

  /** The partition: a UTC day such as {@code 2026-11-21}, a month or a year. */
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

  /** Adds a user. Call this only while another user is known to hold the segment. */
  void retain() {
    users.incrementAndGet();
  }

  /** Removes a user. */
  void release() {
    if (users.decrementAndGet() == 0) {
      try {
        reader.close();
        if (deleted) {
          Files.deleteIfExists(file);
        }
      } catch (IOException ex) {
        throw new UncheckedIOException("Cannot close segment " + file, ex);
      }
    }
  }

  /** Deletes the file after the last user has released it. */
  void deleteWhenUnused() {
    deleted = true;
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
