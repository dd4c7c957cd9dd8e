package io.logcaster.storage.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Writes the files of the log in sequence. Used by the log's thread only. */
final class WalWriter {

  /**
   * At this size the log moves to the next file, so that its space can be freed in steps as
   * segments are written.
   */
  static final long FILE_BYTES = 64 << 20;

  private final Path directory;
  private final long fileBytes;
  private @Nullable FileChannel channel;
  private long number;

  /** The valid length of the file. */
  private long position;

  /** The durable length of the file. */
  private long synced;

  /** The number of the previous file, followed by its valid length. */
  private long numberBefore;

  private long lengthBefore;

  /**
   * Creates a writer that continues after the existing files.
   *
   * @param last the number of the last of them, 0 if none
   * @param length the valid length of that file
   * @param fileBytes the size at which to move to the next file
   */
  WalWriter(Path directory, long last, long length, long fileBytes) {
    this.directory = directory;
    this.fileBytes = fileBytes;
    this.number = last;
    this.numberBefore = last;
    this.lengthBefore = length;
  }

  /** The number of the current file, or of the last one if none is open. */
  long number() {
    return number;
  }

  long synced() {
    return synced;
  }

  /** The valid length of the current file. */
  long length() {
    return position;
  }

  boolean isFull() {
    return position >= fileBytes;
  }

  /** Creates the next file unless one is open. */
  void begin() throws IOException {
    if (channel != null) {
      return;
    }
    Path path = directory.resolve(WalFormat.fileName(++number));
    Path unfinished = path.resolveSibling(path.getFileName() + ".begun");
    FileChannel file =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    try {
      ByteBuffer header = WalFormat.fileHeader(numberBefore, lengthBefore);
      while (header.hasRemaining()) {
        file.write(header);
      }
      file.force(false);
      Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
      WalFormat.syncDirectory(directory);
      Files.write(directory.resolve(WalFormat.markName(number)), new byte[0]);
      WalFormat.syncDirectory(directory);
      WalFormat.deleteMarks(directory, number);
    } catch (IOException | RuntimeException | Error ex) {
      // Leave no incomplete files behind, which would pile up on a full disk.
      try (file) {
        Files.deleteIfExists(directory.resolve(WalFormat.markName(number)));
        Files.deleteIfExists(unfinished);
        Files.deleteIfExists(path);
      }
      throw ex;
    }
    position = WalFormat.FILE_HEADER;
    synced = position;
    channel = file;
  }

  /** Writes frames to the open file. */
  void write(ByteBuffer[] frames, boolean sync) throws IOException {
    FileChannel file = channel;
    if (file == null) {
      throw new IllegalStateException("No file is open");
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

  /** Makes the written data durable. */
  void sync() throws IOException {
    FileChannel file = channel;
    if (file != null) {
      file.force(false);
      synced = position;
    }
  }

  /** Closes the file; everything written to it is valid. */
  void close() throws IOException {
    FileChannel file = channel;
    if (file != null) {
      channel = null;
      numberBefore = number;
      lengthBefore = position;
      file.close();
    }
  }

  /** Cuts off what may have been written of failed frames, and closes the file. */
  void abandon(Throwable failure) {
    FileChannel file = channel;
    if (file == null) {
      return;
    }
    // If even that fails, the next file records the valid length of this one.
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
