package io.logcaster.upkeep;

import io.logcaster.storage.LogStorage;
import io.logcaster.storage.StorageUpkeep;
import io.logcaster.storage.TierStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Copies of the data directory that another server can open, in {@code snapshots/<time>}. Segments
 * are hard links, so a snapshot takes only a moment to create, and takes disk space only for
 * records that are later merged or deleted here. The control database is a copy; one that several
 * nodes share is not in it, because restoring a node must not change it. A snapshot is created
 * under a temporary name and renamed when all of it is on disk.
 */
public final class Snapshots {

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

  private static final Pattern NAMES =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\dZ(-\\d+)?");

  private static final String CONTROL = "control.mv.db";

  private static final String PARTIAL = ".partial";

  /** Says what a snapshot refers to but does not have. */
  private static final String OBJECTS = "objects.txt";

  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  private final Path directory;
  private final LogStorage storage;
  private final @Nullable JdbcClient control;
  private final Clock clock;

  /**
   * Removes unfinished snapshots that a crash left behind.
   *
   * @param control the control database; null if it does not lie in the data directory
   */
  Snapshots(Path directory, LogStorage storage, @Nullable JdbcClient control, Clock clock)
      throws IOException {
    this.directory = directory;
    this.storage = storage;
    this.control = control;
    this.clock = clock;
    for (Path path : paths()) {
      if (path.toString().endsWith(PARTIAL)) {
        LOG.info("Removing the snapshot {}, which was never finished", path.getFileName());
        remove(path);
      }
    }
  }

  /**
   * A snapshot.
   *
   * @param bytes total size of its files, including shared ones
   * @param control whether it has the control database
   */
  public record Snapshot(String id, String path, Instant created, long bytes, boolean control) {}

  /** Whether the storage keeps records in files that can be hard-linked. */
  public boolean isSupported() {
    return storage instanceof StorageUpkeep upkeep && upkeep.hasFiles();
  }

  /** Creates a snapshot of everything acknowledged so far. */
  public synchronized Snapshot create() throws IOException {
    if (!(storage instanceof StorageUpkeep upkeep) || !upkeep.hasFiles()) {
      throw new IllegalStateException(
          "The storage does not keep records in files that can be linked");
    }
    Files.createDirectories(directory);
    String now = NAME.format(clock.instant().truncatedTo(ChronoUnit.SECONDS));
    String id = now;
    for (int i = 2; Files.exists(directory.resolve(id)); i++) {
      id = now + "-" + i;
    }
    Path partial = directory.resolve(id + PARTIAL);
    try {
      upkeep.snapshot(partial);
      TierStatus tier = upkeep.tier();
      if (tier != null && tier.segments() > 0) {
        Files.writeString(partial.resolve(OBJECTS), reference(tier));
      }
      if (control != null) {
        copyControl(control, partial);
      } else {
        LOG.info(
            "The snapshot {} is without rules, channels and settings: back up the database of"
                + " logcaster.control.url by its own means",
            id);
      }
      copySeries(partial);
      sync(partial);
      Path done = directory.resolve(id);
      Files.move(partial, done, StandardCopyOption.ATOMIC_MOVE);
      sync(directory);
      return snapshot(done);
    } catch (IOException | RuntimeException ex) {
      remove(partial);
      throw ex;
    }
  }

  private static String reference(TierStatus tier) {
    return """
    The values of %d segments are not in this copy. They are in the object storage
    %s
    which a server that starts on it needs: set logcaster.tier.* accordingly.
    """
        .formatted(tier.segments(), tier.place());
  }

  /** Copies the database while it is in use; H2 writes a consistent copy as a ZIP archive. */
  private static void copyControl(JdbcClient database, Path target) throws IOException {
    Path zip = target.resolve("control.zip");
    database.sql("BACKUP TO '" + zip.toString().replace("'", "''") + "'").update();
    try (InputStream file = Files.newInputStream(zip);
        ZipInputStream entries = new ZipInputStream(file)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Path name = Path.of(entry.getName()).getFileName();
        if (name == null || entry.isDirectory()) {
          continue;
        }
        Path copy = target.resolve(name);
        Files.copy(entries, copy);
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
    }
    Files.delete(zip);
  }

  /** Copies the files of series, which grow at their end; opening them cuts off a torn one. */
  private void copySeries(Path target) throws IOException {
    Path series = directory.resolveSibling("series");
    if (!Files.isDirectory(series)) {
      return;
    }
    Path copies = Files.createDirectories(target.resolve("series"));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(series, "*.series")) {
      for (Path file : files) {
        Path copy = copies.resolve(file.getFileName());
        Files.copy(file, copy);
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
    }
    sync(copies);
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** All snapshots, the newest first. */
  List<Snapshot> all() throws IOException {
    List<Snapshot> found = new ArrayList<>();
    for (Path path : paths()) {
      if (isName(path.getFileName().toString())) {
        found.add(snapshot(path));
      }
    }
    return found.reversed();
  }

  private static boolean isName(String name) {
    return NAMES.matcher(name).matches();
  }

  private Snapshot snapshot(Path path) throws IOException {
    long bytes = 0;
    try (var files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    Instant created =
        Files.readAttributes(path, BasicFileAttributes.class)
            .lastModifiedTime()
            .toInstant()
            .truncatedTo(ChronoUnit.SECONDS);
    return new Snapshot(
        path.getFileName().toString(),
        path.toString(),
        created,
        bytes,
        Files.exists(path.resolve(CONTROL)));
  }

  Optional<Snapshot> find(String id) throws IOException {
    Path path = directory.resolve(isName(id) ? id : "none");
    return Files.isDirectory(path) ? Optional.of(snapshot(path)) : Optional.empty();
  }

  /** Removes a snapshot; returns false if there is none. */
  public synchronized boolean delete(String id) throws IOException {
    Path path = directory.resolve(isName(id) ? id : "none");
    if (!Files.isDirectory(path)) {
      return false;
    }
    Path partial = directory.resolve(id + PARTIAL);
    Files.move(path, partial, StandardCopyOption.ATOMIC_MOVE);
    remove(partial);
    return true;
  }

  private List<Path> paths() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var paths = Files.list(directory)) {
      return paths.sorted().toList();
    }
  }

  private static void remove(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (var paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
