package io.logcaster.storage.segment;

import io.logcaster.storage.segment.file.SegmentInfo;
import io.logcaster.storage.segment.file.SegmentReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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

  /** The key of the object that has the values; null if they are in the file. */
  private final @Nullable String key;

  private final long localBytes;
  private final Consumer<String> deletedKeys;

  /** Creates a handle for a segment that is here as a whole. */
  SegmentHandle(String day, Path file, SegmentReader reader) {
    this(day, file, reader, null, reader.info().bytes(), (none) -> {});
  }

  /**
   * Creates a handle.
   *
   * @param key the key of the object that has the values
   * @param localBytes the length of the file
   * @param deletedKeys receives the key when the file is deleted
   */
  SegmentHandle(
      String day,
      Path file,
      SegmentReader reader,
      @Nullable String key,
      long localBytes,
      Consumer<String> deletedKeys) {
    this.day = day;
    this.file = file;
    this.reader = reader;
    this.key = key;
    this.localBytes = localBytes;
    this.deletedKeys = deletedKeys;
  }

  /** Whether the values are in object storage. */
  boolean isTiered() {
    return key != null;
  }

  /** The key of the object that has the values; null if they are in the file. */
  @Nullable String key() {
    return key;
  }

  /** What the segment takes on the local disk. */
  long localBytes() {
    return localBytes;
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
          if (key != null) {
            deletedKeys.accept(key);
          }
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
