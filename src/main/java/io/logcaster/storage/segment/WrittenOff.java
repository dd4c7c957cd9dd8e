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
 * The segment files that a start may delete: those that a change replaced or dropped, and those
 * whose writing was not finished. An operator put every other file there that the manifest does not
 * name. A {@link CheckedText} with the lines
 *
 * <pre>
 * logcaster-written-off 1
 * first 1234                         the last run wrote the files with this number or a later one:
 *                                    those that the manifest does not name were never finished or
 *                                    were replaced
 * segment 2026-11-21/0000000042-1234.seg     an older file that was replaced or dropped
 * segment …
 * </pre>
 *
 * <p>It is written before the manifest that no longer names a file, so it may list files that are
 * still in use; the manifest takes precedence. Not thread-safe.
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

  /** Reads the file of a directory. If it is missing or damaged, no segment may be deleted. */
  static WrittenOff read(Path directory) throws IOException {
    try {
      return new WrittenOff(directory, CheckedText.read(directory.resolve(FILE), HEAD));
    } catch (NoSuchFileException | CheckedText.CorruptTextException ex) {
      return new WrittenOff(directory, List.of());
    }
  }

  /** Whether the directory has an intact file. Earlier versions did not write it. */
  boolean isKnown() {
    return known;
  }

  /** Whether a file that the manifest does not name may be deleted. */
  boolean has(String name, long number) {
    return number >= first || segments.contains(name);
  }

  /** The number of the first file of the last run; 0 if unknown. */
  long first() {
    return known ? first : 0;
  }

  /** Starts a new run. If the disk is full, the first change writes the file instead. */
  void begin(long firstNumber) {
    first = firstNumber;
    segments.clear();
    try {
      write();
    } catch (IOException ex) {
      LOG.warn("Cannot write the file {} yet: {}", FILE, ex.getMessage());
    }
  }

  /** Adds files that the next manifest will not name. They are on disk when this returns. */
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
      // A power failure must not revive files that this forgets.
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
