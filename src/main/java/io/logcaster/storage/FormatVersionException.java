package io.logcaster.storage;

import java.io.IOException;
import java.nio.file.Path;

/**
 * An intact file was written by another version of LogCaster, in a format that this one cannot
 * read. This is not damage: the directory must stay unchanged, so that the version that wrote it
 * can still open it.
 */
public final class FormatVersionException extends IOException {

  private static final long serialVersionUID = 1;

  private final boolean newer;

  /**
   * Creates the exception.
   *
   * @param version the format version of the file
   * @param oldest the oldest version that this LogCaster reads
   * @param newest the newest version that it reads
   */
  public FormatVersionException(Path file, long version, int oldest, int newest) {
    super(
        "%s has format version %d, but this LogCaster reads %s"
            .formatted(
                file,
                version,
                (oldest == newest) ? "version " + newest : "versions " + oldest + " to " + newest));
    newer = version > newest;
  }

  /** Whether a later LogCaster wrote the file; if not, an earlier one did. */
  public boolean isNewer() {
    return newer;
  }

  /** Advice for the operator. */
  public String remedy() {
    return newer
        ? "Start the LogCaster that wrote the file, or a later one."
        : "Start the LogCaster that wrote the file and stop it properly, which empties its"
            + " write-ahead log; then start a version that still reads its other files.";
  }
}
