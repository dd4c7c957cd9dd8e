package io.logcaster.storage.segment;

import io.logcaster.storage.segment.bytes.CheckedText;
import io.logcaster.storage.segment.file.CorruptSegmentException;
import io.logcaster.storage.segment.file.SegmentReader;
import io.logcaster.storage.segment.file.TieredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies every checksum in the directory of records, without changing anything. Of segments in
 * object storage, it verifies what is here.
 */
public final class RecordsCheck {

  private final Path directory;
  private final List<String> damage = new ArrayList<>();
  private int segments;
  private long records;
  private long bytes;

  private RecordsCheck(Path directory) {
    this.directory = directory;
  }

  /**
   * Reads all files in the directory of records of a closed storage.
   *
   * @throws IOException if files cannot be read at all
   */
  public static RecordsCheck run(Path directory) throws IOException {
    RecordsCheck check = new RecordsCheck(directory);
    if (Files.isDirectory(directory)) {
      check.run();
    }
    return check;
  }

  private void run() throws IOException {
    Manifest manifest = manifest(Manifest.FILE);
    Manifest copy = manifest(Manifest.COPY);
    try {
      DeliveriesFile.in(directory).read();
    } catch (CheckedText.CorruptTextException ex) {
      damage.add(ex.getMessage());
    }
    writtenOff();
    if (manifest == null) {
      manifest = copy;
    }
    if (manifest == null) {
      return;
    }
    for (String name : manifest.segments()) {
      Path file = directory.resolve(name);
      try (SegmentReader reader = open(file)) {
        segments++;
        reader.verify();
        records += reader.info().records();
        bytes += reader.info().bytes();
      } catch (NoSuchFileException ex) {
        damage.add("Segment " + name + " is missing");
      } catch (CorruptSegmentException ex) {
        damage.add(ex.getMessage());
      }
    }
  }

  private static SegmentReader open(Path file) throws IOException {
    return SegmentFiles.isTiered(file) ? TieredFile.openAlone(file) : SegmentReader.open(file);
  }

  private void writtenOff() throws IOException {
    try {
      CheckedText.read(directory.resolve(WrittenOff.FILE), WrittenOff.HEAD);
    } catch (NoSuchFileException ex) {
      // Earlier versions did not write this file.
    } catch (CheckedText.CorruptTextException ex) {
      damage.add(ex.getMessage());
    }
  }

  private @Nullable Manifest manifest(String name) throws IOException {
    try {
      return Manifest.read(directory, name);
    } catch (NoSuchFileException ex) {
      damage.add("The file " + name + " of the records is missing");
    } catch (CheckedText.CorruptTextException ex) {
      damage.add(ex.getMessage());
    }
    return null;
  }

  /** The number of segments that were read. */
  public int segments() {
    return segments;
  }

  /** The number of records in the undamaged segments. */
  public long records() {
    return records;
  }

  /** The total length of the undamaged segments in bytes. */
  public long bytes() {
    return bytes;
  }

  /** What is damaged and where; empty if nothing is. */
  public List<String> damage() {
    return List.copyOf(damage);
  }
}
