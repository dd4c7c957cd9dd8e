package io.logcaster.storage.segment;

import io.logcaster.storage.segment.bytes.CheckedText;
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
 * <p>It is written twice, one file after the other, because nothing else says which segments were
 * replaced by others: where the first is damaged, the second is the same, or the one before it if a
 * crash came between the two. That is a whole state too, since nothing it names is deleted before
 * both are written.
 *
 * @param flushed the last WAL sequence that is in segments
 * @param segments the segment files, relative to the directory of the records
 */
record Manifest(long flushed, Set<String> segments) {

  static final String FILE = "MANIFEST";

  static final String COPY = "MANIFEST.copy";

  static final String HEAD = "logcaster-manifest 1";

  Manifest {
    segments = new LinkedHashSet<>(segments);
  }

  /**
   * Reads the manifest of a directory from one of its files.
   *
   * @throws NoSuchFileException if there is none
   * @throws CheckedText.CorruptTextException if it is not readable as such
   */
  static Manifest read(Path directory, String name) throws IOException {
    Path file = directory.resolve(name);
    long flushed = 0;
    Set<String> segments = new LinkedHashSet<>();
    for (String line : CheckedText.read(file, HEAD)) {
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
    CheckedText.write(directory, COPY, HEAD, lines);
  }
}
