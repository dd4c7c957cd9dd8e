package io.logcaster.cli;

import io.logcaster.storage.FormatVersionException;
import io.logcaster.storage.config.DataCheck;
import io.logcaster.system.DataDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code logcaster check}: verifies a data directory that no server has open. */
@Command(
    name = "check",
    description = {
      "Checks every checksum of a data directory: write-ahead log, manifest, segments. Changes"
          + " nothing.",
      "Exit codes: 0 all is well, 1 something is damaged, 2 the directory could not be"
          + " checked."
    },
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

  private static final int DAMAGED = 1;

  private static final int NOT_CHECKED = 2;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(paramLabel = "DIR", description = "The data directory, or a snapshot.")
  private Path directory;

  @Option(
      names = "--in-use",
      description =
          "Check although a running server uses the directory. What it writes meanwhile may look"
              + " damaged.")
  private boolean inUse;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (!Files.isDirectory(directory.resolve("records"))
        && !Files.isDirectory(directory.resolve("wal"))) {
      err.println(directory + " is not a data directory: it has neither 'records' nor 'wal'");
      return NOT_CHECKED;
    }
    try {
      if (!inUse && DataDirectory.isInUse(directory)) {
        err.println(
            "A running LogCaster has "
                + directory
                + ". Stop it, or make a snapshot and check that, or add --in-use.");
        return NOT_CHECKED;
      }
      DataCheck found = DataCheck.run(directory);
      found.damage().forEach((what) -> out.println("DAMAGED  " + what));
      out.printf(
          Locale.ROOT,
          "%,d records in %,d segments of %,d bytes; %,d frames in %,d files of the write-ahead"
              + " log%n",
          found.records(),
          found.segments(),
          found.bytes(),
          found.frames(),
          found.logFiles());
      out.println(
          found.damage().isEmpty()
              ? "All checksums are right."
              : "Found damaged: " + found.damage().size());
      out.flush();
      return found.damage().isEmpty() ? 0 : DAMAGED;
    } catch (FormatVersionException ex) {
      err.println(ex.getMessage() + ". " + ex.remedy());
      return NOT_CHECKED;
    } catch (IOException ex) {
      err.println(directory + " cannot be read: " + ex);
      return NOT_CHECKED;
    }
  }
}
