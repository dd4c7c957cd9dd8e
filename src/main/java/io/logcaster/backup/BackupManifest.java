package io.logcaster.backup;

import java.nio.file.Path;
import java.util.List;

/**
 * What a backup consists of. Below the prefix of a bucket are
 *
 * <pre>
 * objects/&lt;SHA-256 of the content&gt;   each file once, however many backups have it
 * backups/&lt;time&gt;.json               a manifest as JSON; written last, so it names whole backups only
 * </pre>
 *
 * @param version of this form
 * @param id the name of the backup: its time, such as {@code 2026-11-21T04-00-00Z}
 * @param files the files of the data directory
 */
record BackupManifest(int version, String id, List<Entry> files) {

  static final int VERSION = 1;

  static final String OBJECTS = "objects/";

  static final String BACKUPS = "backups/";

  BackupManifest {
    files = List.copyOf(files);
  }

  /**
   * A file.
   *
   * @param path relative to the data directory, with slashes
   * @param bytes its length
   * @param modified when it was last changed, in nanoseconds since the epoch
   * @param sha256 of its content, in hexadecimal
   */
  record Entry(String path, long bytes, long modified, String sha256) {

    String key() {
      return OBJECTS + sha256;
    }

    /** The file in a directory, if it lies within it. */
    Path in(Path directory) {
      Path file = directory.resolve(path).normalize();
      if (!file.startsWith(directory) || !sha256.matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException("The backup names the file '" + path + "'");
      }
      return file;
    }
  }

  long bytes() {
    return files.stream().mapToLong(Entry::bytes).sum();
  }

  String key() {
    return BACKUPS + id + ".json";
  }
}
