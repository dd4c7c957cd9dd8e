package io.logcaster.sink;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of a sink's queue, the oldest first. Not thread-safe. */
final class QueueFiles implements Closeable {

  /** Large enough that files are few, small enough to free and drop in steps. */
  private static final long MAX_FILE = 16L << 20;

  private static final long MIN_FILE = 64L << 10;

  /** An empty queue goes on in its file, unless that is larger. */
  private static final long MAX_EMPTY = MAX_FILE / 4;

  private final Path directory;
  private final TreeMap<Long, QueueFile> files = new TreeMap<>();

  /** A frame and the file it is in. */
  record Located(QueueFile file, QueueFile.Frame frame, int row) {}

  private QueueFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * Opens what exists.
   *
   * @param first the number of the first file that is needed; older ones are deleted
   */
  static QueueFiles open(Path directory, long first) throws IOException {
    QueueFiles opened = new QueueFiles(directory);
    try {
      for (long number : numbers(directory)) {
        if (number < first) {
          Files.deleteIfExists(directory.resolve(QueueFile.name(number)));
        } else {
          opened.files.put(number, QueueFile.open(directory, number));
        }
      }
      return opened;
    } catch (IOException | RuntimeException ex) {
      opened.close();
      throw ex;
    }
  }

  private static List<Long> numbers(Path directory) throws IOException {
    List<Long> numbers = new ArrayList<>();
    try (var paths = Files.list(directory)) {
      paths
          .map((path) -> path.getFileName().toString())
          .filter((name) -> name.matches("\\d{10}\\.queue"))
          .forEach((name) -> numbers.add(Long.parseLong(name.substring(0, 10))));
    }
    numbers.sort(null);
    return numbers;
  }

  /** All last frames, for what they say about the queue. */
  List<QueueFile.Frame> lastFrames() {
    List<QueueFile.Frame> frames = new ArrayList<>();
    for (QueueFile file : files.values()) {
      QueueFile.Frame last = file.last();
      if (last != null) {
        frames.add(last);
      }
    }
    return frames;
  }

  /** The file with a number; null if there is none. */
  @Nullable QueueFile get(long number) {
    return files.get(number);
  }

  boolean isEmpty() {
    return files.isEmpty();
  }

  /** The file that is written to; null if there is none. */
  @Nullable QueueFile newest() {
    return files.isEmpty() ? null : files.lastEntry().getValue();
  }

  /**
   * The file for the next batch. A full one is synced, and a new one begun.
   *
   * @param maxBytes of the queue
   * @param lastRead the number of the file that was read last
   */
  QueueFile forAppend(long maxBytes, long lastRead) throws IOException {
    QueueFile newest = newest();
    if (newest != null && newest.size() < Math.clamp(maxBytes / 8, MIN_FILE, MAX_FILE)) {
      return newest;
    }
    if (newest != null) {
      newest.sync(); // or a later sync would not reach it
    }
    long number = (newest == null) ? lastRead + 1 : newest.number() + 1;
    QueueFile file = QueueFile.create(directory, number);
    files.put(number, file);
    return file;
  }

  /** The frame at a place or after it; null if nothing follows at present. */
  @Nullable Located locate(SinkQueue.Place place) throws IOException {
    long from = place.file();
    for (Long number = files.ceilingKey(from); number != null; number = files.higherKey(number)) {
      QueueFile file = files.get(number);
      if (file == null) {
        break;
      }
      boolean isSame = number == from;
      long offset = isSame ? Math.max(place.offset(), QueueFile.HEADER) : QueueFile.HEADER;
      QueueFile.Frame frame = file.frame(offset, file.size());
      if (frame != null) {
        return new Located(file, frame, isSame ? place.row() : 0);
      }
    }
    return null;
  }

  /** Removes the oldest file; null if there is none. */
  @Nullable QueueFile removeOldest() throws IOException {
    if (files.isEmpty()) {
      return null;
    }
    QueueFile oldest = files.pollFirstEntry().getValue();
    oldest.delete();
    return oldest;
  }

  /** Deletes the files before a number. */
  void deleteBefore(long number) throws IOException {
    while (files.size() > 1 && files.firstKey() < number) {
      files.pollFirstEntry().getValue().delete();
    }
  }

  /**
   * Deletes the only file if all of it was read and it is large.
   *
   * @return its number; 0 if it was kept
   */
  long deleteRead(SinkQueue.Place place) throws IOException {
    QueueFile newest = newest();
    if (files.size() != 1
        || newest == null
        || newest.size() < MAX_EMPTY
        || place.file() != newest.number()
        || place.offset() < newest.size()) {
      return 0;
    }
    files.clear();
    newest.delete();
    return newest.number();
  }

  /** How many bytes of frames lie after a place. */
  long bytesAfter(SinkQueue.Place place) {
    long bytes = 0;
    for (QueueFile file : files.values()) {
      bytes += file.size() - QueueFile.HEADER;
    }
    return files.containsKey(place.file())
        ? bytes - Math.max(0, place.offset() - QueueFile.HEADER)
        : bytes;
  }

  @Override
  public void close() throws IOException {
    for (QueueFile file : files.values()) {
      file.close();
    }
  }
}
