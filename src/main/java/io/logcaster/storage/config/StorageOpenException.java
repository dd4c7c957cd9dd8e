package io.logcaster.storage.config;

import java.io.IOException;
import java.nio.file.Path;

/** The record storage cannot be opened, so the server does not start. */
final class StorageOpenException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Path directory;

  StorageOpenException(Path directory, IOException cause) {
    super("The records in " + directory + " cannot be opened: " + cause.getMessage(), cause);
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }
}
