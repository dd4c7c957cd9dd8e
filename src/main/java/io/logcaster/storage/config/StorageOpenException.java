package io.logcaster.storage.config;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The record storage cannot be opened, so the server does not start. */
final class StorageOpenException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Path directory;

  private final @Nullable String server;

  StorageOpenException(Path directory, IOException cause) {
    super("The records in " + directory + " cannot be opened: " + cause.getMessage(), cause);
    this.directory = directory;
    this.server = null;
  }

  StorageOpenException(String server, Path directory, IOException cause) {
    super("The records in " + server + " cannot be opened: " + cause.getMessage(), cause);
    this.directory = directory;
    this.server = server;
  }

  /** The server that keeps the records; null if they are in files here. */
  @Nullable String server() {
    return server;
  }

  Path directory() {
    return directory;
  }
}
