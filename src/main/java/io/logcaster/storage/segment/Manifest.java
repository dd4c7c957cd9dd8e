package io.logcaster.storage.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Which segments there are, and up to where the write-ahead log is in them: the one file whose
 * replacement makes every change of the storage whole or not at all. A text, so that a person can
 * read it:
 *
 * <pre>
 * logcaster-manifest 1
 * flushed 1234                       the last WAL sequence that is in segments
 * segment 2026-11-21/0000000042-1234.seg
 * segment …
 * checksum 89abcdef                  CRC-32C of all lines before, hexadecimal
 * </pre>
 *
 * @param flushed the last WAL sequence that is in segments
 * @param segments the segment files, relative to the directory of the records
 */
record Manifest(long flushed, List<String> segments) {

  static final String FILE = "MANIFEST";

  private static final String HEAD = "logcaster-manifest 1";

  Manifest {
    segments = List.copyOf(segments);
  }

  /**
   * Reads the manifest of a directory; an empty one where there is none.
   *
   * @throws CorruptManifestException if it is not readable as such
   */
  static Manifest read(Path directory) throws IOException {
    String text;
    try {
      text = Files.readString(directory.resolve(FILE));
    } catch (NoSuchFileException ex) {
      return new Manifest(0, List.of());
    }
    int tail = text.lastIndexOf("checksum ");
    if (tail < 0
        || !text.substring(tail).strip().equals("checksum " + checksum(text.substring(0, tail)))) {
      throw new CorruptManifestException("its checksum is wrong");
    }
    long flushed = 0;
    List<String> segments = new ArrayList<>();
    List<String> lines = text.substring(0, tail).lines().toList();
    if (!lines.getFirst().equals(HEAD)) {
      throw new CorruptManifestException(
          "it begins with '" + lines.getFirst() + "', but this LogCaster reads '" + HEAD + "'");
    }
    for (String line : lines.subList(1, lines.size())) {
      String value = line.substring(line.indexOf(' ') + 1);
      switch (line.substring(0, Math.max(0, line.indexOf(' ')))) {
        case "flushed" -> flushed = Long.parseLong(value);
        case "segment" -> segments.add(value);
        default -> throw new CorruptManifestException("it has the line '" + line + "'");
      }
    }
    return new Manifest(flushed, segments);
  }

  /** Replaces the manifest of a directory; on disk when this returns. */
  void write(Path directory) throws IOException {
    StringBuilder text = new StringBuilder(HEAD).append('\n');
    text.append("flushed ").append(flushed).append('\n');
    for (String segment : segments) {
      text.append("segment ").append(segment).append('\n');
    }
    String checksum = checksum(text.toString());
    text.append("checksum ").append(checksum).append('\n');
    Path temporary = directory.resolve(FILE + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(
        temporary,
        directory.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    syncDirectory(directory);
  }

  static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static String checksum(String text) {
    CRC32C checksum = new CRC32C();
    checksum.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", checksum.getValue());
  }

  /** The manifest was damaged or written by another version. */
  static final class CorruptManifestException extends IOException {

    private static final long serialVersionUID = 1L;

    CorruptManifestException(String why) {
      super("The manifest of the records cannot be read: " + why);
    }
  }
}
