package io.logcaster.storage.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A small file of text that is only ever replaced as a whole. Text, so that a person can read it:
 *
 * <pre>
 * head                 what it is, and its version
 * line*
 * checksum 89abcdef    CRC-32C of all lines before, hexadecimal
 * </pre>
 */
final class CheckedText {

  private CheckedText() {}

  /**
   * Reads the lines of a file, without its head.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws CorruptTextException if it is not what was written, or has another head
   */
  static List<String> read(Path file, String head) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    int tail = text.lastIndexOf("checksum ");
    if (tail < 0
        || !text.substring(tail).strip().equals("checksum " + checksum(text.substring(0, tail)))) {
      throw new CorruptTextException(file, "its checksum is wrong");
    }
    List<String> lines = text.substring(0, tail).lines().toList();
    if (lines.isEmpty() || !lines.getFirst().equals(head)) {
      throw new CorruptTextException(
          file,
          "it begins with '"
              + (lines.isEmpty() ? "" : lines.getFirst())
              + "', but this LogCaster reads '"
              + head
              + "'");
    }
    return lines.subList(1, lines.size());
  }

  /** Replaces a file of a directory; on disk when this returns. */
  static void write(Path directory, String name, String head, List<String> lines)
      throws IOException {
    StringBuilder text = new StringBuilder(head).append('\n');
    lines.forEach((line) -> text.append(line).append('\n'));
    String checksum = checksum(text.toString());
    text.append("checksum ").append(checksum).append('\n');
    Path temporary = directory.resolve(name + ".tmp");
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
        directory.resolve(name),
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

  /** The file was damaged or written by another version. */
  static final class CorruptTextException extends IOException {

    private static final long serialVersionUID = 1L;

    CorruptTextException(Path file, String why) {
      super("The file " + file.getFileName() + " of the records cannot be read: " + why);
    }
  }
}
