package io.logcaster.storage.wal;

import io.logcaster.storage.BatchLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the batches of a log while it is written. Reads only what the log says is durable: the rest
 * of the newest file may be cut off again.
 */
final class WalFollower implements BatchLog.Cursor {

  /**
   * Where the log ends.
   *
   * @param file the number of the newest file
   * @param length how much of it is durable
   * @param sequence of the last durable batch
   */
  record Head(long file, long length, long sequence) {}

  private final Path directory;
  private final Supplier<Head> head;
  private long after;

  /** The file that is read; 0 for none yet. */
  private long number;

  private long position;
  private @Nullable WalFile file;

  /** The valid length of a file that is no longer written to; -1 while it is unknown. */
  private long length = -1;

  /**
   * @param after batches up to this sequence are skipped
   * @param head the present end of the log
   */
  WalFollower(Path directory, long after, Supplier<Head> head) {
    this.directory = directory;
    this.after = after;
    this.head = head;
  }

  @Override
  public BatchLog.@Nullable Entry next() throws IOException {
    Head end = head.get();
    while (after < end.sequence()) {
      WalFile current = file;
      if (current == null) {
        if (!open(end)) {
          return null;
        }
        continue;
      }
      long limit = limit(end);
      WalFile.Frame frame = current.frame(position, limit);
      if (frame == null) {
        if (number == end.file()) {
          return null;
        }
        long good = current.nextGoodFrame(position + 1, limit);
        if (good >= 0) {
          position = good; // damage, which the recovery has reported
        } else {
          close();
        }
        continue;
      }
      position = frame.end();
      if (frame.sequence() > after) {
        after = frame.sequence();
        return new BatchLog.Entry(
            WalFormat.batch(frame.bytes(), frame.length(), frame.rawLength()), frame.sequence());
      }
    }
    return null;
  }

  /** Opens the next file that exists. */
  private boolean open(Head end) throws IOException {
    SortedMap<Long, Path> later = WalRecovery.list(directory).tailMap(number + 1);
    if (later.isEmpty() || later.firstKey() > end.file()) {
      return false;
    }
    long next = later.firstKey();
    try {
      file = WalFile.open(directory.resolve(WalFormat.fileName(next)));
    } catch (NoSuchFileException ex) {
      return true; // deleted meanwhile
    }
    number = next;
    position = WalFormat.FILE_HEADER;
    length = -1;
    return true;
  }

  private long limit(Head end) throws IOException {
    if (number == end.file()) {
      return end.length();
    }
    if (length < 0) {
      length = recordedLength();
    }
    return length;
  }

  /** As the file after this one recorded it when it was begun. */
  private long recordedLength() throws IOException {
    for (Path path : WalRecovery.list(directory).tailMap(number + 1).values()) {
      try (WalFile next = WalFile.open(path)) {
        if (next.headerFault() == null && next.before() == number) {
          return next.lengthBefore();
        }
      } catch (NoSuchFileException ex) {
        // Deleted meanwhile, after all that follows was read by others: this file is whole.
        break;
      }
    }
    return Files.size(directory.resolve(WalFormat.fileName(number)));
  }

  @Override
  public void close() throws IOException {
    WalFile current = file;
    file = null;
    if (current != null) {
      current.close();
    }
  }
}
