package io.logcaster.system;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * H2 file system {@code sync:}: a write returns only when the data is on disk.
 *
 * <p>H2's store never calls {@code fsync} at a commit, not even with {@code WRITE_DELAY=0}: a
 * committed transaction survives a killed process but not a power cut. Opening the file with mode
 * {@code rwd} ({@link java.nio.file.StandardOpenOption#DSYNC}) closes that gap and keeps the order
 * of writes, at one {@code fdatasync} per write; a commit needs one or two.
 */
public final class SyncedFilePath extends FilePathWrapper {

  /** For H2, which creates an instance per path. */
  public SyncedFilePath() {}

  /** Registers {@code jdbc:h2:sync:…} with H2. Idempotent. */
  public static void register() {
    FilePath.register(new SyncedFilePath());
  }

  @Override
  public String getScheme() {
    return "sync";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return getBase().open(mode.equals("rw") ? "rwd" : mode);
  }
}
