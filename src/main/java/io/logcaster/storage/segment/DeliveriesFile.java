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
 * Keeps the last delivery of each client beyond the files of the write-ahead log that it came in. A
 * {@link CheckedText} with the lines
 *
 * <pre>
 * logcaster-deliveries 1
 * delivery 1234 web-1%2Fshop         the sequence and the client, percent-encoded;
 * delivery …                         those first that delivered nothing for longest
 * </pre>
 *
 * <p>It is written before the manifest says that frames of the log count no more, so what it says
 * is at least as new as that; the frames that are read again after a start bring it up to date.
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

  /** What a directory knows; nothing where it has no file. */
  static DeliveriesFile in(Path directory) {
    return new DeliveriesFile(directory);
  }

  /**
   * Reads the file.
   *
   * @throws CheckedText.CorruptTextException if it is not readable as such
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
        throw new CheckedText.CorruptTextException(file, "it has the line '" + line + "'");
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

  /** Writes what changed since the last time; on disk when this returns. */
  void write() throws IOException {
    long changes = deliveries.changes();
    if (changes != written) {
      write(directory, deliveries.all());
      written = changes;
    }
  }

  /** Writes the file of a directory; on disk when this returns. */
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
