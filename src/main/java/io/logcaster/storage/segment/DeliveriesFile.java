package io.logcaster.storage.segment;

import io.logcaster.storage.Deliveries;
import io.logcaster.storage.segment.bytes.CheckedText;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Stores the last delivery of each client, because the files of the write-ahead log that contain it
 * are deleted. A {@link CheckedText} with the lines
 *
 * <pre>
 * logcaster-deliveries 1
 * delivery 1234 web-1%2Fshop         the sequence and the client, percent-encoded;
 * delivery …                         clients with the oldest deliveries first
 * </pre>
 *
 * <p>It is written before the manifest declares frames of the log obsolete, so it is at least as
 * new as the manifest. After a start, the remaining frames bring it up to date.
 */
final class DeliveriesFile {

  static final String FILE = "DELIVERIES";

  static final String HEAD = "logcaster-deliveries 1";

  private static final String LINE = "delivery ";

  private final Path directory;
  private final Path file;
  private final Deliveries deliveries = new Deliveries();
  private long written;

  private DeliveriesFile(Path directory) {
    this.directory = directory;
    this.file = directory.resolve(FILE);
  }

  /** Creates an empty instance for the file in a directory; {@link #read} loads the file. */
  static DeliveriesFile in(Path directory) {
    return new DeliveriesFile(directory);
  }

  /**
   * Reads the file, if it exists.
   *
   * @throws CheckedText.CorruptTextException if it is damaged
   */
  void read() throws IOException {
    List<String> lines;
    try {
      lines = CheckedText.read(file, HEAD);
    } catch (NoSuchFileException ex) {
      return;
    }
    for (String line : lines) {
      int space = line.indexOf(' ', LINE.length());
      if (!line.startsWith(LINE) || space < 0) {
        throw new CheckedText.CorruptTextException(file, "unexpected line '" + line + "'");
      }
      deliveries.put(
          URLDecoder.decode(line.substring(space + 1), StandardCharsets.UTF_8),
          Long.parseLong(line.substring(LINE.length(), space)));
    }
    written = deliveries.changes();
  }

  Path file() {
    return file;
  }

  Deliveries deliveries() {
    return deliveries;
  }

  /** Writes changes since the last write, if any. They are on disk when this returns. */
  void write() throws IOException {
    long changes = deliveries.changes();
    if (changes != written) {
      write(directory, deliveries.all());
      written = changes;
    }
  }

  /** Writes the file in a directory. It is on disk when this returns. */
  static void write(Path directory, Map<String, Long> last) throws IOException {
    CheckedText.write(
        directory,
        FILE,
        HEAD,
        last.entrySet().stream()
            .map(
                (entry) ->
                    LINE
                        + entry.getValue()
                        + ' '
                        + URLEncoder.encode(entry.getKey(), StandardCharsets.UTF_8))
            .toList());
  }
}
