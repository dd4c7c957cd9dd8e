package io.logcaster.storage.wal;

import io.logcaster.record.RecordBatch;
import io.logcaster.storage.FormatVersionException;
import io.logcaster.storage.Quarantine;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a write-ahead log at start-up, frame by frame, so that memory stays bounded whatever the
 * log's size. Data that was never durable is cut; a damaged file is copied to the quarantine, and
 * its good frames are used.
 */
public final class WalRecovery {

  /** Receives the batches that are not yet in segments. */
  @FunctionalInterface
  public interface Target {

    /** Receives a batch; called in the order of the sequences. */
    void recovered(RecordBatch batch, long sequence) throws IOException;
  }

  private final TreeMap<Long, Long> files = new TreeMap<>();
  private final List<String> damage = new ArrayList<>();
  private final @Nullable Quarantine quarantine;
  private final Target target;
  private long lastSequence;
  private long lastLength;
  private boolean isBeforeMissing;
  private long frames;

  private WalRecovery(@Nullable Quarantine quarantine, long after, Target target) {
    this.quarantine = quarantine;
    this.lastSequence = after;
    this.target = target;
  }

  /**
   * Reads a log.
   *
   * @param directory the directory of its files
   * @param quarantine the directory for damaged files
   * @param after batches up to this sequence are in segments and are skipped
   * @param target receives the others
   */
  public static WalRecovery run(Path directory, Path quarantine, long after, Target target)
      throws IOException {
    return new WalRecovery(new Quarantine(quarantine), after, target).read(directory);
  }

  /** Reads a log and decodes all of its frames, but changes nothing. */
  public static WalRecovery check(Path directory) throws IOException {
    return new WalRecovery(null, -1, (batch, sequence) -> {}).read(directory);
  }

  /** The files of a log by number. */
  static SortedMap<Long, Path> list(Path directory) throws IOException {
    TreeMap<Long, Path> found = new TreeMap<>();
    try (var paths = Files.list(directory)) {
      paths.forEach(
          (path) -> {
            long number = WalFormat.fileNumber(path);
            if (number > 0) {
              found.put(number, path);
            }
          });
    }
    return found;
  }

  /**
   * Checks the format version of every file of a log and changes nothing.
   *
   * @throws FormatVersionException naming the first file that another version wrote
   */
  public static void checkVersions(Path directory) throws IOException {
    for (Path path : list(directory).values()) {
      try (WalFile file = WalFile.open(path)) {
        int version = file.version();
        if (version != WalFormat.VERSION) {
          throw new FormatVersionException(path, version, WalFormat.VERSION, WalFormat.VERSION);
        }
      }
    }
  }

  private WalRecovery read(Path directory) throws IOException {
    checkVersions(directory);
    TreeMap<Long, Path> paths = new TreeMap<>(list(directory));
    long newest = WalFormat.newest(directory);
    if (newest > 0 && !paths.containsKey(newest)) {
      damage.add(
          WalFormat.fileName(newest)
              + ": the file is missing; what it held and no segment holds is lost");
    }
    while (!paths.isEmpty()
        && paths.lastKey() > newest
        && isOnlyBegun(paths.lastEntry().getValue())) {
      Path unfinished = paths.pollLastEntry().getValue();
      if (quarantine != null) {
        Files.delete(unfinished);
      }
    }
    Map<Long, Long> lengths = lengths(paths);
    for (Map.Entry<Long, Path> file : paths.entrySet()) {
      long number = file.getKey();
      isBeforeMissing = isBeforeMissing(file.getValue(), paths);
      Long counts = (number == paths.lastKey()) ? null : lengths.getOrDefault(number, -1L);
      read(number, file.getValue(), counts);
    }
    return this;
  }

  /** Whether the previous file is missing; then only a gap in the sequences shows what it held. */
  private static boolean isBeforeMissing(Path path, Map<Long, Path> paths) throws IOException {
    try (WalFile file = WalFile.open(path)) {
      return file.headerFault() == null && file.before() > 0 && !paths.containsKey(file.before());
    }
  }

  /**
   * Whether the power failed while an earlier version created the file: even its header, which is
   * synced before anything else is written, is incomplete.
   */
  private static boolean isOnlyBegun(Path path) throws IOException {
    try (WalFile file = WalFile.open(path)) {
      return file.size() <= WalFormat.FILE_HEADER && file.headerFault() != null;
    }
  }

  /** The valid length of each file, as recorded in the file after it. */
  private static Map<Long, Long> lengths(Map<Long, Path> paths) throws IOException {
    Map<Long, Long> lengths = new HashMap<>();
    for (Path path : paths.values()) {
      try (WalFile file = WalFile.open(path)) {
        if (file.headerFault() == null) {
          lengths.put(file.before(), file.lengthBefore());
        }
      }
    }
    return lengths;
  }

  /**
   * Reads one file.
   *
   * @param counts its valid length; -1 if unknown, which means the whole file; null for the newest
   *     file, which may have a tail that was never durable
   */
  private void read(long number, Path path, @Nullable Long counts) throws IOException {
    int damagedBefore = damage.size();
    long end;
    try (WalFile file = WalFile.open(path)) {
      String fault = file.headerFault();
      if (fault != null) {
        report(path, fault + "; its good frames are used");
      }
      long limit = (counts == null || counts < 0) ? file.size() : Math.min(counts, file.size());
      if (counts != null && file.size() < counts) {
        report(path, "cut off at byte " + file.size() + " of " + counts);
      }
      end = frames(file, path, limit, counts == null);
    }
    files.put(number, lastSequence);
    lastLength = end;
    if (quarantine == null) {
      return;
    }
    if (damage.size() > damagedBefore) {
      quarantine.copy(path);
    }
    cut(path, end);
  }

  /** Passes on the frames of a file and returns the position where they end. */
  private long frames(WalFile file, Path path, long limit, boolean newest) throws IOException {
    long at = Math.min(limit, WalFormat.FILE_HEADER);
    while (at < limit) {
      WalFile.Frame frame = file.frame(at, limit);
      if (frame != null) {
        take(frame, path, at);
        at = frame.end();
        continue;
      }
      if (newest && !file.wasDurable(at, at + 1, limit)) {
        return at;
      }
      long good = file.nextGoodFrame(at + 1, limit);
      report(
          path,
          "damaged from byte "
              + at
              + " to "
              + (good < 0 ? limit : good)
              + (good < 0 ? ", its end" : ", the rest is used"));
      at = (good < 0) ? limit : good;
    }
    return at;
  }

  private void take(WalFile.Frame frame, Path path, long at) throws IOException {
    frames++;
    long sequence = frame.sequence();
    if (sequence <= lastSequence) {
      return;
    }
    if (isBeforeMissing && lastSequence >= 0 && sequence > lastSequence + 1) {
      report(
          path,
          "the file before it is missing, and with it "
              + (sequence - lastSequence - 1)
              + " batches that no segment holds");
    }
    isBeforeMissing = false;
    lastSequence = sequence;
    RecordBatch batch;
    try {
      batch = WalFormat.batch(frame.bytes(), frame.length(), frame.rawLength());
    } catch (IOException | RuntimeException ex) {
      report(
          path,
          "the frame at byte "
              + at
              + " is whole but cannot be read, the rest is used: "
              + ex.getMessage());
      return;
    }
    target.recovered(batch, sequence);
  }

  private void report(Path path, String what) {
    damage.add(path.getFileName() + ": " + what);
  }

  private static void cut(Path path, long end) throws IOException {
    if (Files.size(path) > end) {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.truncate(end);
        channel.force(true);
      }
    }
  }

  /** The last sequence found, or the last one in segments if the log has none. */
  long lastSequence() {
    return lastSequence;
  }

  /** The valid length of the last file. */
  long lastLength() {
    return lastLength;
  }

  /** The number of good frames, including those already in segments. */
  public long frames() {
    return frames;
  }

  /** The remaining files by number, each with the last sequence in it or before it. */
  public SortedMap<Long, Long> files() {
    return files;
  }

  /** The damage found: file, position and action taken; empty if none. */
  public List<String> damage() {
    return List.copyOf(damage);
  }
}
