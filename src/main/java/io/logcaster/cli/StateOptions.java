package io.logcaster.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says where commands remember what they have sent. */
final class StateOptions {

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "Directory of the state, by server and file. Default: $XDG_STATE_HOME/logcaster, usually"
              + " ~/.local/state/logcaster")
  private @Nullable Path directory;

  /** The directory; creates it if it is missing. */
  Path directory() throws IOException {
    Path chosen = directory;
    if (chosen == null) {
      String home = System.getenv("XDG_STATE_HOME");
      chosen =
          (home == null || home.isEmpty())
              ? Path.of(System.getProperty("user.home"), ".local", "state", "logcaster")
              : Path.of(home, "logcaster");
    }
    return Files.createDirectories(chosen);
  }
}
