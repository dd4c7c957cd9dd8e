package io.logcaster.storage.segment;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which segments there are, and up to where the write-ahead log is in them: the one file whose
 * replacement makes every change of the storage whole or not at all. A {@link CheckedText} with the
 * lines
 *
 * <pre>
 * logcaster-manifest 1
 * flushed 1234                       the last WAL sequence that is in segments
 * segment 2026-11-21/0000000042-1234.seg
 * segment …
 * </pre>
 *
 * @param flushed the last WAL sequence that is in segments
 * @param segments the segment files, relative to the directory of the records
 */
record Manifest(long flushed, Set<String> segments) {

  static final String FILE = "MANIFEST";

  private static final String HEAD = "logcaster-manifest 1";

  Manifest {
    segments = new LinkedHashSet<>(segments);
  }

  /**
   * Reads the manifest of a directory; an empty one where there is none.
   *
   * @throws CheckedText.CorruptTextException if it is not readable as such
   */
  static Manifest read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    List<String> lines;
    try {
      lines = CheckedText.read(file, HEAD);
    } catch (NoSuchFileException ex) {
      return new Manifest(0, Set.of());
    }
    long flushed = 0;
    Set<String> segments = new LinkedHashSet<>();
    for (String line : lines) {
      String value = line.substring(line.indexOf(' ') + 1);
      switch (line.substring(0, Math.max(0, line.indexOf(' ')))) {
        case "flushed" -> flushed = Long.parseLong(value);
        case "segment" -> segments.add(value);
        default ->
            throw new CheckedText.CorruptTextException(file, "it has the line '" + line + "'");
      }
    }
    return new Manifest(flushed, segments);
  }

  /** Replaces the manifest of a directory; on disk when this returns. */
  void write(Path directory) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("flushed " + flushed);
    segments.forEach((segment) -> lines.add("segment " + segment));
    CheckedText.write(directory, FILE, HEAD, lines);
  }
}
