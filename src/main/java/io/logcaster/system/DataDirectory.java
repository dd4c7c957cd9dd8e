package io.logcaster.system;

import io.logcaster.system.DataDirectoryException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The directory that holds everything durable, locked for this process.
 *
 * <p>The lock is the operating system's on the file {@code LOCK}: it vanishes with the process,
 * however that ends, so there are no stale locks to clean up. The file holds the owner's process
 * id, only for the message that a second LogCaster prints. Every bean that writes below the
 * directory depends on this one, so that nothing is opened before the lock is held and the lock is
 * released last.
 */
public final class DataDirectory implements AutoCloseable {

  private static final String LOCK_FILE = "LOCK";
  private static final Pattern PROCESS_ID = Pattern.compile("\\d{1,10}");

  private final Path dir;
  private final FileChannel channel;

  private DataDirectory(Path dir, FileChannel channel) {
    this.dir = dir;
    this.channel = channel;
  }

  /**
   * Creates the directory if it is missing, and locks it.
   *
   * @throws DataDirectoryException if it cannot be written or another LogCaster holds its lock
   */
  static DataDirectory open(Path configured) {
    Path dir = configured.toAbsolutePath().normalize();
    FileChannel channel = null;
    try {
      Files.createDirectories(dir);
      channel =
          FileChannel.open(
              dir.resolve(LOCK_FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (!lock(channel)) {
        String owner = owner(channel);
        close(channel);
        throw new DataDirectoryException(dir, Reason.LOCKED, owner, null);
      }
      nameOwner(channel);
      return new DataDirectory(dir, channel);
    } catch (FileAlreadyExistsException | NotDirectoryException ex) {
      throw new DataDirectoryException(dir, Reason.NOT_A_DIRECTORY, null, ex);
    } catch (IOException ex) {
      close(channel);
      throw new DataDirectoryException(dir, Reason.NOT_WRITABLE, null, ex);
    }
  }

  /** Whether a running LogCaster holds the lock of a directory. Changes nothing in it. */
  public static boolean isInUse(Path dir) throws IOException {
    Path file = dir.resolve(LOCK_FILE);
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return !lock(channel);
    }
  }

  /** Writes the process id. The lock is valid without it, so a full disk does no harm. */
  private static void nameOwner(FileChannel channel) {
    try {
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
          0);
    } catch (IOException ex) {
      // A second server's message lacks the process id.
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException ex) {
      return false; // held by another server in this same process
    }
  }

  private static @Nullable String owner(FileChannel channel) {
    try {
      ByteBuffer content = ByteBuffer.allocate(16);
      channel.read(content, 0);
      String text = StandardCharsets.US_ASCII.decode(content.flip()).toString();
      return PROCESS_ID.matcher(text).matches() ? text : null;
    } catch (IOException ex) {
      return null; // a mandatory lock, as on Windows, hides the content too
    }
  }

  private static void close(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException ex) {
        // Nothing was written through it, and the failure that led here is reported.
      }
    }
  }

  /** Absolute and normalised. */
  public Path dir() {
    return dir;
  }

  @Override
  public void close() {
    close(channel);
  }

  @Override
  public String toString() {
    return dir.toString();
  }
}
