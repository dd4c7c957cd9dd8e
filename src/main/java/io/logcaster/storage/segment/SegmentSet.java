package io.logcaster.storage.segment;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.Deliveries;
import io.logcaster.storage.MessageObserver;
import io.logcaster.storage.Quarantine;
import io.logcaster.storage.segment.bytes.CheckedText;
import io.logcaster.storage.segment.file.CorruptSegmentException;
import io.logcaster.storage.segment.file.SegmentWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segments on disk and the manifest that names them. Every change first replaces the manifest
 * and then what scans see, so a crash leaves either the old or the new state. The next start
 * deletes files that the manifest does not name if they are {@link WrittenOff}; an operator put all
 * others there, and they are adopted or quarantined.
 */
final class SegmentSet {

  private static final Logger LOG = LoggerFactory.getLogger(SegmentSet.class);

  private final Path directory;
  private final Quarantine quarantine;
  private final SegmentFiles opener;
  private final List<String> damage = new ArrayList<>();
  private final DeliveriesFile deliveries;
  private final WrittenOff writtenOff;
  private final AtomicLong nextNumber = new AtomicLong(1);
  private List<SegmentHandle> segments = List.of();
  private long flushed;

  private SegmentSet(Path directory, Path quarantine, SegmentFiles opener) throws IOException {
    this.opener = opener;
    this.directory = directory;
    this.quarantine = new Quarantine(quarantine);
    this.deliveries = DeliveriesFile.in(directory);
    this.writtenOff = WrittenOff.read(directory);
  }

  /**
   * Opens the segments that the manifest names.
   *
   * @param directory the directory of the manifest and the partitions
   * @param quarantine the directory for damaged files
   * @param opener opens segment files
   */
  static SegmentSet open(Path directory, Path quarantine, SegmentFiles opener) throws IOException {
    SegmentSet set = new SegmentSet(directory, quarantine, opener);
    Files.createDirectories(directory);
    // A killed process may have left partitions whose names were never synced.
    CheckedText.syncDirectory(directory);
    List<Path> files = files(directory);
    Manifest manifest = set.readManifest(files);
    try {
      set.deliveries.read();
    } catch (CheckedText.CorruptTextException ex) {
      set.damage.add(
          ex.getMessage()
              + "; records that clients send again because they were not acknowledged may be stored"
              + " twice");
      set.quarantine.move(set.deliveries.file());
    }
    set.load(manifest, files);
    return set;
  }

  /**
   * Returns the manifest, its copy if it is damaged, or else one rebuilt from the existing files.
   */
  private Manifest readManifest(List<Path> files) throws IOException {
    Manifest first = readManifest(Manifest.FILE, files);
    Manifest copy = readManifest(Manifest.COPY, files);
    Manifest manifest = (first != null) ? first : copy;
    if (manifest == null && !files.isEmpty()) {
      damage.add(
          "The manifest was rebuilt from the existing segments, some of which may contain the same"
              + " records");
    }
    if (manifest == null) {
      manifest =
          new Manifest(
              files.stream().mapToLong(Partitions::sequence).max().orElse(0),
              files.stream()
                  .map((file) -> directory.relativize(file).toString())
                  .collect(Collectors.toCollection(LinkedHashSet::new)));
    }
    if (!manifest.equals(first) || !manifest.equals(copy)) {
      // Both copies must be equal before any file is deleted that only one of them names.
      manifest.write(directory);
    }
    return manifest;
  }

  /** Reads one copy of the manifest; null if it is missing or damaged. */
  private @Nullable Manifest readManifest(String name, List<Path> files) throws IOException {
    try {
      return Manifest.read(directory, name);
    } catch (NoSuchFileException ex) {
      if (!files.isEmpty()) {
        damage.add("The file " + name + " of the records is missing");
      }
      return null;
    } catch (CheckedText.CorruptTextException ex) {
      damage.add(ex.getMessage());
      quarantine.move(directory.resolve(name));
      return null;
    }
  }

  private void load(Manifest manifest, List<Path> files) throws IOException {
    List<SegmentHandle> opened = new ArrayList<>();
    for (String name : manifest.segments()) {
      Path file = directory.resolve(name);
      try {
        opened.add(opener.open(name.substring(0, name.indexOf('/')), file));
      } catch (NoSuchFileException ex) {
        damage.add("Segment " + name + " is missing");
      } catch (CorruptSegmentException ex) {
        damage.add(ex.getMessage());
        quarantine.move(file);
      }
    }
    flushed = manifest.flushed();
    List<Path> strays = dropLeftOvers(manifest, files);
    List<SegmentHandle> takenIn = takeIn(strays, opened);
    opened.addAll(takenIn);
    segments = List.copyOf(opened);
    if (!damage.isEmpty() || !takenIn.isEmpty()) {
      writeManifest(segments, flushed);
    }
  }

  /**
   * Deletes the leftovers of unfinished changes of the last run. Returns all other files that the
   * manifest does not name.
   */
  private List<Path> dropLeftOvers(Manifest manifest, List<Path> files) throws IOException {
    List<Path> strays = new ArrayList<>();
    Set<Long> numbers = new HashSet<>();
    manifest.segments().forEach((name) -> numbers.add(Partitions.number(Path.of(name))));
    long next = Math.max(1, writtenOff.first());
    for (Path file : files) {
      next = Math.max(next, Partitions.number(file) + 1);
      String name = directory.relativize(file).toString();
      if (manifest.segments().contains(name)) {
        continue;
      }
      // Numbers are never reused: another file with the same number is a copy made by an operator.
      if (Partitions.of(file) != null
          && !numbers.contains(Partitions.number(file))
          && writtenOff.has(name, Partitions.number(file))) {
        Files.deleteIfExists(file);
      } else {
        strays.add(file);
      }
    }
    nextNumber.set(next);
    syncPartitions();
    writtenOff.begin(next);
    return strays;
  }

  /**
   * Makes deletions durable before {@link WrittenOff} forgets the files, so that a power failure
   * cannot revive them.
   */
  private void syncPartitions() throws IOException {
    try (var paths = Files.list(directory)) {
      for (Path partition : paths.filter(Files::isDirectory).toList()) {
        CheckedText.syncDirectory(partition);
      }
    }
  }

  /** Adopts files that an operator put here, unless scans would find records twice. */
  private List<SegmentHandle> takeIn(List<Path> strays, List<SegmentHandle> named)
      throws IOException {
    List<SegmentHandle> taken = new ArrayList<>();
    StraySegments judge = new StraySegments(writtenOff, flushed, named);
    for (Path file : strays) {
      String name = directory.relativize(file).toString();
      String partition = Partitions.of(file);
      if (partition == null) {
        damage.add(
            "The file %s lies in no partition and is ignored; move it to a directory named after its day, such as 2026-11-21"
                .formatted(name));
        continue;
      }
      SegmentHandle handle = null;
      String objection;
      try {
        handle = opener.open(partition, file);
        objection = judge.objection(handle);
      } catch (CorruptSegmentException ex) {
        objection = String.valueOf(ex.getMessage());
      }
      if (handle != null && objection == null) {
        LOG.warn("Adopted segment {}, which the manifest did not name", name);
        taken.add(handle);
        continue;
      }
      if (handle != null) {
        handle.release();
      }
      damage.add(
          "Segment %s, which the manifest does not name, is quarantined: %s"
              .formatted(name, objection));
      quarantine.move(file);
    }
    return taken;
  }

  /**
   * Returns all segment files in a directory of records, whether the manifest names them or not.
   */
  static List<Path> files(Path directory) throws IOException {
    try (var paths = Files.walk(directory, 2)) {
      return paths.filter((path) -> Partitions.number(path) >= 0).sorted().toList();
    }
  }

  /**
   * Writes and syncs a segment of a partition. The manifest does not name it yet. Leaves no file
   * behind on failure, because the disk may be full.
   */
  SegmentHandle write(
      String day, long sequence, List<RecordBatch> batches, List<@Nullable Bitmap> keep)
      throws IOException {
    return write(day, sequence, batches, keep, MessageObserver.Flush.NONE);
  }

  /** As {@link #write(String, long, List, List)}, and shows the messages to an observer. */
  SegmentHandle write(
      String day,
      long sequence,
      List<RecordBatch> batches,
      List<@Nullable Bitmap> keep,
      MessageObserver.Flush flush)
      throws IOException {
    Path file = newFile(day, sequence, Partitions.SUFFIX);
    try {
      SegmentWriter.write(file, batches, keep, flush);
      return opener.open(day, file);
    } catch (IOException | RuntimeException | Error ex) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException nested) {
        ex.addSuppressed(nested);
      }
      throw ex;
    }
  }

  /** Returns a new file for a segment. Creates and syncs its directory if necessary. */
  Path newFile(String day, long sequence, String suffix) throws IOException {
    Path partition = directory.resolve(day);
    if (!Files.isDirectory(partition)) {
      Files.createDirectories(partition);
      CheckedText.syncDirectory(directory);
    }
    return partition.resolve(Partitions.file(nextNumber.getAndIncrement(), sequence, suffix));
  }

  /**
   * Replaces segments in the manifest by others that are already written and synced. The caller
   * holds the lock that serializes changes. On failure nothing is replaced, and the added segments
   * are discarded.
   *
   * @param alsoFlushed the last WAL sequence in segments if the change advances it, otherwise 0
   * @return all segments after the change, for {@link #show}
   */
  List<SegmentHandle> replaced(
      List<SegmentHandle> removed, List<SegmentHandle> added, long alsoFlushed) throws IOException {
    try {
      return writeManifest(removed, added, alsoFlushed);
    } catch (IOException | RuntimeException | Error ex) {
      discard(added);
      throw ex;
    }
  }

  /** Releases segments that no scan has seen. Deletes those that the manifest cannot name. */
  void discard(List<SegmentHandle> written) {
    for (SegmentHandle segment : written) {
      if (!mayName(segment)) {
        segment.deleteWhenUnused();
      }
      segment.release();
    }
  }

  private List<SegmentHandle> writeManifest(
      List<SegmentHandle> removed, List<SegmentHandle> added, long alsoFlushed) throws IOException {
    List<SegmentHandle> after = new ArrayList<>(segments);
    after.removeAll(removed);
    after.addAll(added);
    for (String day : added.stream().map(SegmentHandle::day).distinct().toList()) {
      CheckedText.syncDirectory(directory.resolve(day));
    }
    if (alsoFlushed > flushed) {
      deliveries.write();
    }
    writtenOff.add(removed.stream().map(SegmentHandle::file).toList());
    writeManifest(after, Math.max(flushed, alsoFlushed));
    return List.copyOf(after);
  }

  /**
   * Whether the manifest on disk names a segment or is unreadable. A change may have failed after
   * it replaced the manifest.
   */
  private boolean mayName(SegmentHandle segment) {
    try {
      return Manifest.read(directory, Manifest.FILE)
          .segments()
          .contains(directory.relativize(segment.file()).toString());
    } catch (IOException ex) {
      return true;
    }
  }

  private void writeManifest(List<SegmentHandle> after, long sequence) throws IOException {
    manifest(after, sequence).write(directory);
  }

  private Manifest manifest(List<SegmentHandle> after, long sequence) {
    return new Manifest(
        sequence,
        after.stream()
            .map((handle) -> directory.relativize(handle.file()).toString())
            .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  /**
   * Fills an empty directory with hard links to the segments and with a manifest.
   *
   * @param last the last delivery of each client, no newer than the records in the segments
   */
  void link(Path other, Map<String, Long> last) throws IOException {
    for (SegmentHandle segment : segments) {
      Path partition = other.resolve(segment.day());
      Files.createDirectories(partition);
      Files.createLink(partition.resolve(segment.file().getFileName()), segment.file());
    }
    for (String day : segments.stream().map(SegmentHandle::day).distinct().toList()) {
      CheckedText.syncDirectory(other.resolve(day));
    }
    DeliveriesFile.write(other, last);
    manifest(segments, flushed).write(other);
  }

  /**
   * Makes the result of {@link #replaced} visible to scans. The caller holds the lock that scans
   * take when they start.
   */
  void show(List<SegmentHandle> after, long alsoFlushed) {
    segments = after;
    flushed = Math.max(flushed, alsoFlushed);
  }

  /** The segments that scans see. */
  List<SegmentHandle> segments() {
    return segments;
  }

  long flushed() {
    return flushed;
  }

  Deliveries deliveries() {
    return deliveries.deliveries();
  }

  List<String> damage() {
    return damage;
  }
}
