package io.logcaster.backup;

import io.logcaster.s3.S3Bucket;
import io.logcaster.upkeep.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes backups of snapshots. Segments never change, so a backup sends only what no earlier one
 * has. The manifest is written last: a backup that is interrupted leaves objects that the next one
 * finds there, and no backup that lacks files.
 */
final class Backups {

  /** An object may belong to a backup whose manifest is not yet written. */
  private static final Duration YOUNG = Duration.ofDays(1);

  private static final String SEGMENT = ".seg";

  private static final Logger LOG = LoggerFactory.getLogger(Backups.class);

  private final BackupStore store;
  private final Snapshots snapshots;
  private final int keep;
  private final Clock clock;

  /**
   * @param keep how many backups are kept
   */
  Backups(BackupStore store, Snapshots snapshots, int keep, Clock clock) {
    this.store = store;
    this.snapshots = snapshots;
    this.keep = keep;
    this.clock = clock;
  }

  /**
   * A backup that was made.
   *
   * @param bytes the size of all its files
   * @param sentBytes the size of those that had to be sent
   */
  record Made(String id, int files, long bytes, int sentFiles, long sentBytes) {}

  /** Makes a backup of everything acknowledged so far, and deletes those that are too many. */
  synchronized Made create() throws IOException {
    Snapshots.Snapshot snapshot = snapshots.create();
    try {
      Made made = send(snapshot.id(), Path.of(snapshot.path()));
      prune();
      LOG.info(
          "Backup {}: {} files, {} bytes, of which {} files, {} bytes were sent",
          made.id(),
          made.files(),
          made.bytes(),
          made.sentFiles(),
          made.sentBytes());
      return made;
    } finally {
      snapshots.delete(snapshot.id());
    }
  }

  private Made send(String id, Path directory) throws IOException {
    Map<String, BackupManifest.Entry> known = new HashMap<>();
    BackupManifest last = store.last();
    if (last != null) {
      last.files().forEach((entry) -> known.put(entry.path(), entry));
    }
    Set<String> there = new HashSet<>();
    store.objects().forEach((object) -> there.add(object.key()));
    List<BackupManifest.Entry> entries = new ArrayList<>();
    int sentFiles = 0;
    long sentBytes = 0;
    for (Path file : files(directory)) {
      String path = directory.relativize(file).toString().replace('\\', '/');
      BackupManifest.Entry entry = entry(path, file, known.get(path));
      entries.add(entry);
      if (there.add(entry.key())) {
        store.put(entry, file);
        sentFiles++;
        sentBytes += entry.bytes();
      }
    }
    BackupManifest manifest = new BackupManifest(BackupManifest.VERSION, id, entries);
    store.put(manifest);
    return new Made(id, entries.size(), manifest.bytes(), sentFiles, sentBytes);
  }

  private static List<Path> files(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Describes a file; a segment that the last backup has need not be read again. */
  private static BackupManifest.Entry entry(
      String path, Path file, BackupManifest.@Nullable Entry before) throws IOException {
    long bytes = Files.size(file);
    long modified = Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
    boolean same =
        before != null
            && path.endsWith(SEGMENT)
            && before.bytes() == bytes
            && before.modified() == modified;
    String hash = (same && before != null) ? before.sha256() : BackupStore.hash(file);
    return new BackupManifest.Entry(path, bytes, modified, hash);
  }

  /** Deletes the oldest backups, then the objects that no backup has. */
  private void prune() throws IOException {
    List<String> ids = store.ids();
    int surplus = ids.size() - keep;
    if (surplus <= 0) {
      return;
    }
    Set<String> used = new HashSet<>();
    for (String id : ids.subList(surplus, ids.size())) {
      store.manifest(id).files().forEach((entry) -> used.add(entry.key()));
    }
    for (String id : ids.subList(0, surplus)) {
      store.delete(BackupManifest.BACKUPS + id + ".json");
    }
    Instant young = clock.instant().minus(YOUNG);
    for (S3Bucket.Listed object : store.objects()) {
      Instant written = object.modified();
      if (!used.contains(object.key()) && written != null && written.isBefore(young)) {
        store.delete(object.key());
      }
    }
  }

  /** The names of all backups, the newest first. */
  List<String> ids() throws IOException {
    return store.ids().reversed();
  }
}
