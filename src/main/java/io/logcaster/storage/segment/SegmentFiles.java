package io.logcaster.storage.segment;

import io.logcaster.storage.segment.bytes.CheckedText;
import io.logcaster.storage.segment.file.BlockCache;
import io.logcaster.storage.segment.file.CorruptSegmentException;
import io.logcaster.storage.segment.file.SegmentReader;
import io.logcaster.storage.segment.file.TieredFile;
import io.logcaster.storage.tier.Tier;
import io.logcaster.storage.tier.TierCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens segment files: whole segments, and the local parts of those in object storage. */
final class SegmentFiles {

  private static final Logger LOG = LoggerFactory.getLogger(SegmentFiles.class);

  private final BlockCache cache;
  private final @Nullable Tier tier;

  /** The keys of objects whose local files were deleted. */
  private final Queue<String> doomed = new ConcurrentLinkedQueue<>();

  private @Nullable TierCatalog catalog;

  /**
   * Creates an opener.
   *
   * @param tier the object storage; null if there is none
   */
  SegmentFiles(BlockCache cache, @Nullable Tier tier) {
    this.cache = cache;
    this.tier = tier;
  }

  Queue<String> doomed() {
    return doomed;
  }

  /** Whether a file is the local part of a segment in object storage. */
  static boolean isTiered(Path file) {
    return file.getFileName().toString().endsWith(TieredFile.SUFFIX);
  }

  /**
   * Opens a segment.
   *
   * @throws CorruptSegmentException if it is damaged
   * @throws IOException also if it is in object storage, but none is configured
   */
  SegmentHandle open(String day, Path file) throws IOException {
    if (!isTiered(file)) {
      return new SegmentHandle(day, file, SegmentReader.open(file, cache));
    }
    Tier there = tier;
    if (there == null) {
      throw new IOException(
          "the records of the segment "
              + file
              + " are in object storage: set logcaster.tier.bucket, prefix and keys as before");
    }
    try {
      return open(there, day, file);
    } catch (NoSuchFileException | CorruptSegmentException ex) {
      fetch(there, day, file, ex);
      return open(there, day, file);
    }
  }

  private SegmentHandle open(Tier there, String day, Path file) throws IOException {
    TieredFile local = TieredFile.read(file);
    String key = local.key();
    return new SegmentHandle(
        day,
        file,
        SegmentReader.open(file, local, there.open(key, local.size()), cache),
        key,
        Files.size(file),
        doomed::add);
  }

  /** Fetches a local file again that is missing or damaged. */
  private void fetch(Tier there, String day, Path file, IOException found) throws IOException {
    String name = day + "/" + file.getFileName();
    TierCatalog known = catalog;
    if (known == null) {
      known = there.catalog();
      catalog = known;
    }
    TierCatalog.Entry entry =
        known.entries().stream().filter((each) -> each.file().equals(name)).findAny().orElse(null);
    if (entry == null) {
      throw new IOException(
          "the local file of the segment " + name + " cannot be read: " + found.getMessage(),
          found);
    }
    LOG.warn("Fetching {} again, because it cannot be read: {}", name, found.getMessage());
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    Path partition = Files.createDirectories(temporary.toAbsolutePath().getParent());
    there.fetch(entry, temporary);
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    CheckedText.syncDirectory(partition);
  }
}
