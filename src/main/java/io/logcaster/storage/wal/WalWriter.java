package io.logcaster.storage.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Writes the files of the log, one after the other. Belongs to the log's thread. */
final class WalWriter {

  /**
   * A file is left for the next one at this size, so that the log can be given back in steps as
   * segments are written.
   */
  static final long FILE_BYTES = 64 << 20;

  private final Path directory;
  private final long fileBytes;
  private @Nullable FileChannel channel;
  private long number;

  /** Up to where the file counts. */
  private long position;

  /** How much of it is durable. */
  private long synced;

  /** The file before this one, and how much of it counts. */
  private long numberBefore;

  private long lengthBefore;

  /**
   * Begins after the files that are there.
   *
   * @param last the number of the last of them, 0 without one
   * @param length how much of it counts
   * @param fileBytes when a file is left for the next one
   */
  WalWriter(Path directory, long last, long length, long fileBytes) {
    this.directory = directory;
    this.fileBytes = fileBytes;
    this.number = last;
    this.numberBefore = last;
    this.lengthBefore = length;
  }

  /** The number of the file that is written or was written last. */
  long number() {
    return number;
  }

  long synced() {
    return synced;
  }

  boolean isFull() {
    return position >= fileBytes;
  }

  /** Makes a file where none is open. */
  void begin() throws IOException {
    if (channel != null) {
      return;
    }
    Path path = directory.resolve(WalFormat.fileName(++number));
    Path begun = path.resolveSibling(path.getFileName() + ".begun");
    FileChannel file =
        FileChannel.open(
            begun,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    try {
      ByteBuffer header = WalFormat.fileHeader(numberBefore, lengthBefore);
      while (header.hasRemaining()) {
        file.write(header);
      }
      file.force(false);
      Files.move(begun, path, StandardCopyOption.ATOMIC_MOVE);
      WalFormat.syncDirectory(directory);
      Files.write(directory.resolve(WalFormat.markName(number)), new byte[0]);
      WalFormat.syncDirectory(directory);
      WalFormat.deleteMarks(directory, number);
    } catch (IOException | RuntimeException | Error ex) {
      // A full disk must not fill up with files that were only begun.
      try (file) {
        Files.deleteIfExists(directory.resolve(WalFormat.markName(number)));
        Files.deleteIfExists(begun);
        Files.deleteIfExists(path);
      }
      throw ex;
    }
    position = WalFormat.FILE_HEADER;
    synced = position;
    channel = file;
  }

  /** Writes frames to the file that was begun. */
  void write(ByteBuffer[] frames, boolean sync) throws IOException {
    FileChannel file = channel;
    if (file == null) {
      throw new IllegalStateException("No file was begun");
    }
    long length = 0;
    for (ByteBuffer frame : frames) {
      length += frame.remaining();
    }
    file.position(position);
    for (long written = 0; written < length; ) {
      written += file.write(frames);
    }
    if (sync) {
      file.force(false);
      synced = position + length;
    }
    position += length;
  }

  /** Makes durable what was written. */
  void sync() throws IOException {
    FileChannel file = channel;
    if (file != null) {
      file.force(false);
      synced = position;
    }
  }

  /** Closes the file, of which everything counts that was written. */
  void close() throws IOException {
    FileChannel file = channel;
    if (file != null) {
      channel = null;
      numberBefore = number;
      lengthBefore = position;
      file.close();
    }
  }

  /** Cuts off what may have been written of frames that failed, and closes the file. */
  void abandon(Throwable failure) {
    FileChannel file = channel;
    if (file == null) {
      return;
    }
    // Where even that fails, the next file notes up to where this one counts.
    try {
      file.truncate(position);
      file.force(false);
    } catch (IOException ex) {
      failure.addSuppressed(ex);
    }
    try {
      close();
    } catch (IOException ex) {
      failure.addSuppressed(ex);
    }
  }
}
