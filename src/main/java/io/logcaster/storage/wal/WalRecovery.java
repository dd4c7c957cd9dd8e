package io.logcaster.storage.wal;

import io.logcaster.record.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads a write-ahead log after a start. Frame by frame, so that memory stays bounded whatever the
 * log's size. A torn tail is cut; a file with damage in it is copied to the quarantine, and what is
 * good in it is used.
 */
public final class WalRecovery {

  /** Takes the batches that are not yet in segments. */
  @FunctionalInterface
  public interface Target {

    /** A batch, in the order of its sequence. */
    void recovered(RecordBatch batch, long sequence) throws IOException;
  }

  private final TreeMap<Long, Long> files = new TreeMap<>();
  private final List<String> damage = new ArrayList<>();
  private final Path quarantine;
  private long lastSequence;

  private WalRecovery(Path quarantine, long after) {
    this.quarantine = quarantine;
    this.lastSequence = after;
  }

  /**
   * Reads a log.
   *
   * @param directory holds its files
   * @param quarantine where damaged files are kept
   * @param after the batches up to this sequence are in segments and are left out
   * @param target takes the others
   */
  public static WalRecovery run(Path directory, Path quarantine, long after, Target target)
      throws IOException {
    WalRecovery recovery = new WalRecovery(quarantine, after);
    for (Map.Entry<Long, Path> file : list(directory).entrySet()) {
      recovery.read(file.getKey(), file.getValue(), target);
    }
    return recovery;
  }

  /** The files of a log by number. */
  public static SortedMap<Long, Path> list(Path directory) throws IOException {
    TreeMap<Long, Path> found = new TreeMap<>();
    try (var paths = Files.list(directory)) {
      paths.forEach(
          (path) -> {
            long number = WalFormat.fileNumber(path);
            if (number > 0) {
              found.put(number, path);
            }
          });
    }
    return found;
  }

  private void read(long number, Path path, Target target) throws IOException {
    boolean damaged = false;
    long end;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      String wrong =
          (size < WalFormat.FILE_HEADER)
              ? null
              : WalFormat.checkFileHeader(bytes(channel, 0, WalFormat.FILE_HEADER));
      if (wrong != null) {
        damage.add(path.getFileName() + ": " + wrong);
        damaged = true;
      }
      end = Math.min(size, WalFormat.FILE_HEADER);
      while (end < size) {
        long next = frame(channel, end, size, target);
        if (next < 0) {
          long good = nextGoodFrame(channel, end + 1, size);
          if (good < 0) {
            break;
          }
          damage.add(
              path.getFileName()
                  + ": damaged from byte "
                  + end
                  + " to "
                  + good
                  + ", the rest is used");
          damaged = true;
          next = good;
        }
        end = next;
      }
    }
    files.put(number, lastSequence);
    if (damaged) {
      Files.createDirectories(quarantine);
      Files.copy(path, quarantine.resolve(path.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
    cut(path, end);
  }

  private static void cut(Path path, long end) throws IOException {
    if (Files.size(path) > end) {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.truncate(end);
        channel.force(true);
      }
    }
  }

  /** Hands over the frame at a place; gives where it ends, or -1 where there is no good frame. */
  private long frame(FileChannel channel, long at, long size, @Nullable Target target)
      throws IOException {
    if (at + WalFormat.FRAME_HEADER > size) {
      return -1;
    }
    ByteBuffer header = ByteBuffer.wrap(bytes(channel, at, WalFormat.FRAME_HEADER));
    int length = header.getInt(20);
    int rawLength = header.getInt(16);
    int markLength = header.getInt(24);
    if (header.getInt(0) != WalFormat.FRAME_MAGIC
        || length < 0
        || rawLength < 0
        || rawLength > WalFormat.MAX_FRAME
        || markLength < 0
        || markLength > WalFormat.MAX_MARK
        || at + WalFormat.FRAME_HEADER + length + markLength > size) {
      return -1;
    }
    byte[] frame = bytes(channel, at, WalFormat.FRAME_HEADER + length + markLength);
    CRC32C checksum = new CRC32C();
    checksum.update(frame, 8, frame.length - 8);
    if ((int) checksum.getValue() != header.getInt(4)) {
      return -1;
    }
    long sequence = header.getLong(8);
    if (target != null && sequence > lastSequence) {
      RecordBatch batch = BatchCodec.decode(frame, WalFormat.FRAME_HEADER, length, rawLength);
      target.recovered(WalFormat.withMark(batch, frame, WalFormat.FRAME_HEADER + length), sequence);
    }
    if (target != null) {
      lastSequence = Math.max(lastSequence, sequence);
    }
    return at + frame.length;
  }

  /** Where the next good frame begins; -1 where none follows. */
  private long nextGoodFrame(FileChannel channel, long from, long size) throws IOException {
    byte[] window = new byte[64 << 10];
    for (long start = from; start + WalFormat.FRAME_HEADER <= size; start += window.length - 3) {
      int length = (int) Math.min(window.length, size - start);
      byte[] bytes = bytes(channel, start, length);
      for (int i = 0; i + 3 < length; i++) {
        if (bytes[i] == 'L'
            && bytes[i + 1] == 'C'
            && bytes[i + 2] == 'F'
            && bytes[i + 3] == 'M'
            && frame(channel, start + i, size, null) > 0) {
          return start + i;
        }
      }
    }
    return -1;
  }

  private static byte[] bytes(FileChannel channel, long at, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new IOException("The write-ahead log became shorter while it was read");
      }
    }
    return buffer.array();
  }

  /** The last sequence found, or what was in segments already. */
  public long lastSequence() {
    return lastSequence;
  }

  /** The files that are left, by number, with the last sequence in each or before it. */
  SortedMap<Long, Long> files() {
    return files;
  }

  /** What was damaged: file, place and what was done; empty when nothing was. */
  public List<String> damage() {
    return List.copyOf(damage);
  }
}
