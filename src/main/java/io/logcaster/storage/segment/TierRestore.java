package io.logcaster.storage.segment;

import io.logcaster.storage.segment.bytes.CheckedText;
import io.logcaster.storage.tier.Tier;
import io.logcaster.storage.tier.TierCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the segments in object storage again after a disk was lost. The records appear as a whole
 * or not at all; after an interruption, the next start begins again.
 */
final class TierRestore {

  private static final Logger LOG = LoggerFactory.getLogger(TierRestore.class);

  private TierRestore() {}

  /**
   * Fills an empty directory with the segments of a server whose disk is lost. Does nothing if the
   * directory has records, or if there are none in the object storage.
   *
   * @param directory the data directory
   */
  static void run(Tier tier, Path directory) throws IOException {
    Path records = directory.resolve("records");
    if (isUsed(records) || isUsed(directory.resolve("wal"))) {
      return;
    }
    Path partial = directory.resolve("records.restoring");
    delete(partial);
    Files.createDirectories(partial);
    TierCatalog catalog = tier.takeOver(partial);
    if (catalog == null) {
      delete(partial);
      return;
    }
    long flushed = catalog.flushed();
    Set<String> names = new LinkedHashSet<>();
    Set<Path> partitions = new LinkedHashSet<>();
    for (TierCatalog.Entry entry : catalog.entries()) {
      Path file = partial.resolve(entry.file());
      partitions.add(Files.createDirectories(file.getParent()));
      tier.fetch(entry, file);
      names.add(entry.file());
      flushed = Math.max(flushed, Partitions.sequence(file));
    }
    for (Path partition : partitions) {
      CheckedText.syncDirectory(partition);
    }
    tier.fetchLearned(directory);
    new Manifest(flushed, names).write(partial);
    Files.deleteIfExists(records);
    Files.move(partial, records, StandardCopyOption.ATOMIC_MOVE);
    CheckedText.syncDirectory(directory);
    LOG.info("{} segments were found again in the object storage", names.size());
  }

  private static boolean isUsed(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (var files = Files.list(directory)) {
      return files.findAny().isPresent();
    }
  }

  /** Deletes a directory with everything in it, if it exists. */
  static void delete(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      List<Path> all;
      try (var paths = Files.walk(directory)) {
        all = new ArrayList<>(paths.toList());
      }
      for (Path path : all.reversed()) {
        Files.delete(path);
      }
    }
  }
}
