package io.logcaster.storage.segment;

import io.logcaster.storage.segment.bytes.CheckedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which segment files may be deleted at a start although they lie where segments lie: those that a
 * change replaced or dropped, and those that were being written. Every other file that no manifest
 * names was put there by somebody. A {@link CheckedText} with the lines
 *
 * <pre>
 * logcaster-written-off 1
 * first 1234                         files with this number or a later one are the work of the last
 *                                    run: what the manifest does not name of them was never finished
 *                                    or was replaced
 * segment 2026-11-21/0000000042-1234.seg     an older file that was replaced or dropped
 * segment …
 * </pre>
 *
 * <p>It is written before the manifest that no longer names a file, so it may name files that are
 * still in use; the manifest decides. Not thread-safe.
 */
final class WrittenOff {

  static final String FILE = "WRITTEN_OFF";

  static final String HEAD = "logcaster-written-off 1";

  private static final Logger LOG = LoggerFactory.getLogger(WrittenOff.class);

  private final Path directory;
  private final boolean known;
  private final Set<String> segments = new LinkedHashSet<>();
  private long first = Long.MAX_VALUE;
  private boolean written;

  private WrittenOff(Path directory, List<String> lines) {
    this.directory = directory;
    this.known = !lines.isEmpty();
    for (String line : lines) {
      String value = line.substring(line.indexOf(' ') + 1);
      if (line.startsWith("first ")) {
        first = Long.parseLong(value);
      } else if (line.startsWith("segment ")) {
        segments.add(value);
      }
    }
  }

  /** What a directory knows; nothing may be deleted where it has no such file, or a damaged one. */
  static WrittenOff read(Path directory) throws IOException {
    try {
      return new WrittenOff(directory, CheckedText.read(directory.resolve(FILE), HEAD));
    } catch (NoSuchFileException | CheckedText.CorruptTextException ex) {
      return new WrittenOff(directory, List.of());
    }
  }

  /** Whether the directory has such a file: earlier versions wrote none. */
  boolean isKnown() {
    return known;
  }

  /** Whether a file may be deleted that no manifest names. */
  boolean has(String name, long number) {
    return number >= first || segments.contains(name);
  }

  /** The first number that the last run gave to a file; 0 where that is not known. */
  long first() {
    return known ? first : 0;
  }

  /** Begins another run. On a full disk that is noted with the first change, and until then not. */
  void begin(long firstNumber) {
    first = firstNumber;
    segments.clear();
    try {
      write();
    } catch (IOException ex) {
      LOG.warn("The file {} cannot be written yet: {}", FILE, ex.getMessage());
    }
  }

  /** Writes files off, before the manifest is written that does not name them; on disk then. */
  void add(Collection<Path> files) throws IOException {
    List<String> older = new ArrayList<>();
    for (Path file : files) {
      if (Partitions.number(file) < first) {
        older.add(directory.relativize(file).toString());
      }
    }
    if (!older.isEmpty() || !written) {
      List<Path> gone =
          segments.stream().map(directory::resolve).filter((file) -> !Files.exists(file)).toList();
      // A failure of power must not bring back what is forgotten here.
      for (Path partition : new LinkedHashSet<>(gone.stream().map(Path::getParent).toList())) {
        if (Files.isDirectory(partition)) {
          CheckedText.syncDirectory(partition);
        }
      }
      gone.forEach((file) -> segments.remove(directory.relativize(file).toString()));
      segments.addAll(older);
      write();
    }
  }

  private void write() throws IOException {
    written = false;
    List<String> lines = new ArrayList<>();
    lines.add("first " + first);
    segments.forEach((segment) -> lines.add("segment " + segment));
    CheckedText.write(directory, FILE, HEAD, lines);
    written = true;
  }
}
