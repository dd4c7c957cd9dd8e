package io.logcaster.system;

import java.nio.file.Path;

/** The control database cannot be opened, for a reason that restoring the copy would not fix. */
final class ControlDatabaseException extends RuntimeException {

  private final String place;
  private final boolean isServer;

  ControlDatabaseException(Path file, Throwable cause) {
    this(file.toString(), false, cause);
  }

  private ControlDatabaseException(String place, boolean isServer, Throwable cause) {
    super("The control database " + place + " cannot be opened", cause);
    this.place = place;
    this.isServer = isServer;
  }

  /** A database on a server. */
  static ControlDatabaseException ofServer(String url, Throwable cause) {
    return new ControlDatabaseException(url, true, cause);
  }

  /** Its file or its address. */
  String place() {
    return place;
  }

  boolean isServer() {
    return isServer;
  }
}
