package io.logcaster.storage.segment.bytes;

import io.logcaster.storage.FormatVersionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * A small text file, readable for people, that is always replaced as a whole:
 *
 * <pre>
 * head                 the kind of file and its version
 * line*
 * checksum 89abcdef    CRC-32C of all lines above, in hexadecimal
 * </pre>
 */
public final class CheckedText {

  private CheckedText() {}

  /**
   * Reads the lines of a file, without its head and its checksum.
   *
   * @param head the kind of file, a space, and the version that is supported
   * @throws java.nio.file.NoSuchFileException if the file does not exist
   * @throws CorruptTextException if the checksum is wrong or the head is another one
   * @throws FormatVersionException if the file has another version
   */
  public static List<String> read(Path file, String head) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    checkVersion(file, text, head);
    if (!isWhole(text)) {
      throw new CorruptTextException(file, "wrong checksum");
    }
    List<String> lines = text.substring(0, text.lastIndexOf("checksum ")).lines().toList();
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

  /**
   * Rejects another version without looking at the rest of the file, where another version may
   * compute its checksum differently. If reverting a single flipped bit of the version makes the
   * file valid, the file is damaged and not of another version.
   */
  private static void checkVersion(Path file, String text, String head)
      throws FormatVersionException {
    int digits = head.lastIndexOf(' ') + 1;
    int end = text.indexOf('\n');
    if (end <= digits || !text.startsWith(head.substring(0, digits))) {
      return;
    }
    String version = text.substring(digits, end);
    String known = head.substring(digits);
    if (version.equals(known) || !version.matches("\\d{1,9}")) {
      return;
    }
    if (version.length() == known.length()
        && Integer.bitCount(Integer.parseInt(version) ^ Integer.parseInt(known)) == 1
        && isWhole(head + text.substring(end))) {
      return;
    }
    int read = Integer.parseInt(known);
    throw new FormatVersionException(file, Integer.parseInt(version), read, read);
  }

  private static boolean isWhole(String text) {
    int tail = text.lastIndexOf("checksum ");
    return tail >= 0
        && text.substring(tail).strip().equals("checksum " + checksum(text.substring(0, tail)));
  }

  /** Replaces a file in a directory atomically. The file is on disk when this returns. */
  public static void write(Path directory, String name, String head, List<String> lines)
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

  public static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static String checksum(String text) {
    CRC32C checksum = new CRC32C();
    checksum.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format(Locale.ROOT, "%08x", checksum.getValue());
  }

  /** A text file is damaged. */
  public static final class CorruptTextException extends IOException {

    private static final long serialVersionUID = 1L;

    public CorruptTextException(Path file, String why) {
      super("The file " + file.getFileName() + " of the records cannot be read: " + why);
    }
  }
}
