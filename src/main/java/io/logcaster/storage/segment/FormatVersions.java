package io.logcaster.storage.segment;

import io.logcaster.storage.FormatVersionException;
import io.logcaster.storage.segment.bytes.CheckedText;
import io.logcaster.storage.segment.bytes.MalformedException;
import io.logcaster.storage.segment.file.CorruptSegmentException;
import io.logcaster.storage.segment.file.SegmentHeader;
import io.logcaster.storage.segment.file.SegmentReader;
import io.logcaster.storage.segment.file.TieredFile;
import io.logcaster.storage.wal.WalRecovery;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Checks the version of every file in a data directory before anything changes there. A LogCaster
 * that does not support one of them must not start: it would serve only part of the records and
 * write a manifest that omits the rest.
 */
public final class FormatVersions {

  private static final Map<String, String> TEXTS =
      Map.of(
          DeliveriesFile.FILE, DeliveriesFile.HEAD,
          AppliedRules.FILE, AppliedRules.HEAD,
          WrittenOff.FILE, WrittenOff.HEAD);

  private FormatVersions() {}

  /**
   * Checks a data directory, which need not exist, without changing anything.
   *
   * @throws FormatVersionException with the first file whose version is not supported
   */
  public static void check(Path directory) throws IOException {
    Path records = directory.resolve("records");
    if (Files.isDirectory(records)) {
      for (Map.Entry<String, String> text : TEXTS.entrySet()) {
        check(() -> CheckedText.read(records.resolve(text.getKey()), text.getValue()));
      }
      check(() -> Manifest.lines(records.resolve(Manifest.FILE)));
      check(() -> Manifest.lines(records.resolve(Manifest.COPY)));
      for (Path segment : SegmentSet.files(records)) {
        checkSegment(segment);
      }
    }
    Path logs = directory.resolve("wal");
    if (Files.isDirectory(logs)) {
      WalRecovery.checkVersions(logs);
    }
  }

  @FunctionalInterface
  private interface Reading {

    Object read() throws IOException;
  }

  private static void check(Reading reading) throws IOException {
    try {
      Object _ = reading.read();
    } catch (NoSuchFileException | CheckedText.CorruptTextException | CorruptSegmentException ex) {
      // Opening the directory handles damage.
    }
  }

  private static void checkSegment(Path file) throws IOException {
    if (SegmentFiles.isTiered(file)) {
      check(() -> TieredFile.read(file));
      return;
    }
    SegmentHeader header;
    try (InputStream input = Files.newInputStream(file)) {
      header = SegmentHeader.read(input.readNBytes(SegmentHeader.BYTES));
    } catch (MalformedException ex) {
      // A file that ends within its header is damaged.
      return;
    }
    if (!header.isSegment() || header.isReadable()) {
      return;
    }
    // The reader distinguishes another version from damage.
    try (SegmentReader reader = SegmentReader.open(file)) {
      reader.info();
    } catch (CorruptSegmentException ex) {
      // Opening the directory handles damage.
    }
  }
}
