package io.logcaster.storage.segment;

import io.logcaster.storage.FormatVersionException;
import io.logcaster.storage.segment.bytes.CheckedText;
import io.logcaster.storage.segment.file.TieredFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The list of segments, and the position in the write-ahead log up to which they contain it.
 * Replacing this file makes every change of the storage atomic. A {@link CheckedText} with the
 * lines
 *
 * <pre>
 * logcaster-manifest 1
 * flushed 1234                       the last WAL sequence that is in segments
 * segment 2026-11-21/0000000042-1234.seg
 * segment …
 * </pre>
 *
 * <p>If a file ends with {@code .tier}, whose segment is in object storage, the version is 2.
 *
 * <p>There are two copies, written one after the other, because nothing else says which segments
 * were replaced. If the first is damaged, the second is equal to it, or one change older if a crash
 * came between the two. The older one is a complete state as well, because the files it names are
 * deleted only after both copies are written.
 *
 * @param flushed the last WAL sequence that is in segments
 * @param segments the segment files, relative to the directory of the records
 */
record Manifest(long flushed, Set<String> segments) {

  static final String FILE = "MANIFEST";

  static final String COPY = "MANIFEST.copy";

  static final String HEAD = "logcaster-manifest 1";

  /** If segments are in object storage, so that earlier versions refuse to start. */
  static final String TIERED_HEAD = "logcaster-manifest 2";

  Manifest {
    segments = new LinkedHashSet<>(segments);
  }

  /**
   * Reads the manifest of a directory from one of its files.
   *
   * @throws NoSuchFileException if the file does not exist
   * @throws CheckedText.CorruptTextException if it is damaged
   */
  static Manifest read(Path directory, String name) throws IOException {
    Path file = directory.resolve(name);
    long flushed = 0;
    Set<String> segments = new LinkedHashSet<>();
    for (String line : lines(file)) {
      String value = line.substring(line.indexOf(' ') + 1);
      switch (line.substring(0, Math.max(0, line.indexOf(' ')))) {
        case "flushed" -> flushed = Long.parseLong(value);
        case "segment" -> segments.add(value);
        default ->
            throw new CheckedText.CorruptTextException(file, "unexpected line '" + line + "'");
      }
    }
    return new Manifest(flushed, segments);
  }

  /**
   * Reads the lines of a manifest of either version.
   *
   * @throws FormatVersionException if it has another version
   */
  static List<String> lines(Path file) throws IOException {
    try {
      return CheckedText.read(file, HEAD);
    } catch (FormatVersionException ex) {
      return CheckedText.read(file, TIERED_HEAD);
    }
  }

  /** Replaces both copies of the manifest in a directory. They are on disk when this returns. */
  void write(Path directory) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("flushed " + flushed);
    segments.forEach((segment) -> lines.add("segment " + segment));
    boolean isTiered = segments.stream().anyMatch((name) -> name.endsWith(TieredFile.SUFFIX));
    String head = isTiered ? TIERED_HEAD : HEAD;
    CheckedText.write(directory, FILE, head, lines);
    CheckedText.write(directory, COPY, head, lines);
  }
}
