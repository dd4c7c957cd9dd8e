package io.logcaster.system;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The data directory cannot be used; the start stops. */
final class DataDirectoryException extends RuntimeException {

  enum Reason {
    LOCKED,
    NOT_A_DIRECTORY,
    NOT_WRITABLE
  }

  private final Path dir;
  private final Reason reason;
  private final @Nullable String owner;

  /**
   * @param owner process id of the LogCaster that holds the lock, if known
   */
  DataDirectoryException(
      Path dir, Reason reason, @Nullable String owner, @Nullable Throwable cause) {
    super("The data directory " + dir + " cannot be used: " + reason, cause);
    this.dir = dir;
    this.reason = reason;
    this.owner = owner;
  }

  Path dir() {
    return dir;
  }

  Reason reason() {
    return reason;
  }

  @Nullable String owner() {
    return owner;
  }
}
