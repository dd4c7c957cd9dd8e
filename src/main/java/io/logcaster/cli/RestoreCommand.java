package io.logcaster.cli;

import io.logcaster.backup.BackupProperties;
import io.logcaster.backup.BackupStore;
import io.logcaster.backup.Restoration;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code logcaster restore}: makes a data directory of a backup in object storage. */
@Command(
    name = "restore",
    description = {
      "Makes a data directory of a backup in object storage, and verifies every file. The keys"
          + " come from files or from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
      "Exit codes: 0 all is well, 1 the backup is damaged or could not be read."
    },
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "The data directory to make; must not exist, or be empty.")
  private @Nullable Path directory;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(names = "--bucket", required = true, description = "Bucket of the backups.")
  private String bucket;

  @Option(names = "--endpoint", description = "URL of the storage; that of AWS if not given.")
  private @Nullable URI endpoint;

  @Option(names = "--region", defaultValue = "us-east-1", description = "Region of the bucket.")
  private String region = "us-east-1";

  @Option(names = "--prefix", defaultValue = "logcaster", description = "Folder in the bucket.")
  private String prefix = "logcaster";

  @Option(names = "--access-key-file", description = "File that holds the access key.")
  private @Nullable Path accessKeyFile;

  @Option(names = "--secret-key-file", description = "File that holds the secret key.")
  private @Nullable Path secretKeyFile;

  @Option(
      names = "--backup",
      defaultValue = "",
      description = "Its name; the last one if not given.")
  private String backup = "";

  @Option(names = "--list", description = "Only list the names of the backups.")
  private boolean list;

  @Option(names = "--verify", description = "Only read and verify the backup; writes nothing.")
  private boolean verify;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  private final Clock clock;

  RestoreCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Path target = directory;
    if (target == null && !list && !verify) {
      err.println("Say which directory to make, or --list, or --verify");
      return 1;
    }
    BackupProperties place =
        new BackupProperties(
            bucket, endpoint, region, prefix, accessKeyFile, secretKeyFile, null, 1);
    try (BackupStore store = place.open(System.getenv(), clock)) {
      if (list) {
        store.ids().forEach(out::println);
        return 0;
      }
      Restoration restoration = new Restoration(store, (file) -> {});
      Restoration.Result result =
          (verify || target == null)
              ? restoration.verify(backup)
              : restoration.restore(backup, target);
      out.printf(
          Locale.ROOT,
          "%s backup %s: %,d files, %,d bytes, all checksums are right%n",
          verify ? "Verified" : "Restored",
          result.id(),
          result.files(),
          result.bytes());
      return 0;
    } catch (IOException ex) {
      err.println(ex.getMessage());
      return 1;
    }
  }
}
