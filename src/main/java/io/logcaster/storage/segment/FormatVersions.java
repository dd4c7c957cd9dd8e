package io.logcaster.storage.segment;

import io.logcaster.storage.FormatVersionException;
import io.logcaster.storage.segment.bytes.CheckedText;
import io.logcaster.storage.segment.bytes.MalformedException;
import io.logcaster.storage.segment.file.CorruptSegmentException;
import io.logcaster.storage.segment.file.SegmentHeader;
import io.logcaster.storage.segment.file.SegmentReader;
import io.logcaster.storage.wal.WalRecovery;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Looks at the version of every file of a data directory before anything is changed in it. A
 * LogCaster that does not read one of them must not start: it would serve less than there is, and
 * write a manifest that names less.
 */
public final class FormatVersions {

  private static final Map<String, String> TEXTS =
      Map.of(
          Manifest.FILE, Manifest.HEAD,
          Manifest.COPY, Manifest.HEAD,
          DeliveriesFile.FILE, DeliveriesFile.HEAD,
          AppliedRules.FILE, AppliedRules.HEAD,
          WrittenOff.FILE, WrittenOff.HEAD);

  private FormatVersions() {}

  /**
   * Checks a data directory, which need not exist, and changes nothing.
   *
   * @throws FormatVersionException naming the first file that another version wrote
   */
  public static void check(Path directory) throws IOException {
    Path records = directory.resolve("records");
    if (Files.isDirectory(records)) {
      for (Map.Entry<String, String> text : TEXTS.entrySet()) {
        check(records.resolve(text.getKey()), text.getValue());
      }
      for (Path segment : SegmentSet.files(records)) {
        checkSegment(segment);
      }
    }
    Path logs = directory.resolve("wal");
    if (Files.isDirectory(logs)) {
      WalRecovery.checkVersions(logs);
    }
  }

  private static void check(Path file, String head) throws IOException {
    try {
      CheckedText.read(file, head);
    } catch (NoSuchFileException | CheckedText.CorruptTextException ex) {
      // Damage is dealt with when the directory is opened.
    }
  }

  private static void checkSegment(Path file) throws IOException {
    SegmentHeader header;
    try (InputStream input = Files.newInputStream(file)) {
      header = SegmentHeader.read(input.readNBytes(SegmentHeader.BYTES));
    } catch (MalformedException ex) {
      // A file that ends in its header is damaged.
      return;
    }
    if (!header.isSegment() || header.isReadable()) {
      return;
    }
    // The reader tells another version from damage.
    try (SegmentReader reader = SegmentReader.open(file)) {
      reader.info();
    } catch (CorruptSegmentException ex) {
      // Damage is dealt with when the directory is opened.
    }
  }
}
