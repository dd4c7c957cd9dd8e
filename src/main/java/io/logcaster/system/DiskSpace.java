package io.logcaster.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * The free space on the volume of the data directory. Reading it costs a system call of a few
 * microseconds. Thread-safe.
 */
@Component
public class DiskSpace {

  /**
   * Free space kept by default: enough for merges, the control database and temporary files of
   * queries, and negligible on a large volume.
   */
  private static final DataSize DEFAULT_MINIMUM = DataSize.ofGigabytes(1);

  /** On a volume under 20 GB a gigabyte would be too much to give up. */
  private static final int DEFAULT_PERCENT = 5;

  private final FileStore volume;
  private final long total;
  private final long minimum;

  DiskSpace(DataDirectory directory, DiskProperties properties) {
    try {
      volume = Files.getFileStore(directory.dir());
      total = volume.getTotalSpace();
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
    DataSize configured = properties.minFreeSpace();
    minimum = configured == null ? defaultMinimum(total) : configured.toBytes();
  }

  static long defaultMinimum(long total) {
    return Math.min(DEFAULT_MINIMUM.toBytes(), total / 100 * DEFAULT_PERCENT);
  }

  /** Bytes this process may still write. */
  long free() {
    try {
      return volume.getUsableSpace();
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }

  /** Size of the volume in bytes. */
  public long total() {
    return total;
  }

  /** Bytes below which records are refused. */
  public long minimum() {
    return minimum;
  }

  /** Whether records must be refused now. Turns false by itself when space is available again. */
  boolean isLow() {
    return free() < minimum;
  }
}
