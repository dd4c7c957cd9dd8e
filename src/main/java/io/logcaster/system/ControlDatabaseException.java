package io.logcaster.system;

import java.nio.file.Path;

/** The control database cannot be opened, for a reason that restoring the copy would not fix. */
final class ControlDatabaseException extends RuntimeException {

  private final Path file;

  ControlDatabaseException(Path file, Throwable cause) {
    super("The control database " + file + " cannot be opened", cause);
    this.file = file;
  }

  Path file() {
    return file;
  }
}
