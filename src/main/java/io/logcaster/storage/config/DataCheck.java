package io.logcaster.storage.config;

import io.logcaster.storage.segment.RecordsCheck;
import io.logcaster.storage.wal.WalRecovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of checking the checksums of a data directory.
 *
 * @param logFiles the number of write-ahead log files
 * @param frames the number of intact frames in them
 * @param segments the number of segments
 * @param records the number of records in undamaged segments
 * @param bytes the total size of those segments
 * @param damage what is damaged and where; empty if nothing is
 */
public record DataCheck(
    int logFiles, long frames, int segments, long records, long bytes, List<String> damage) {

  /**
   * Verifies every checksum and changes nothing. No server may have the directory open.
   *
   * @throws IOException if files cannot be read at all
   */
  public static DataCheck run(Path directory) throws IOException {
    int logFiles = 0;
    long frames = 0;
    List<String> damage = new ArrayList<>();
    Path wal = directory.resolve("wal");
    if (Files.isDirectory(wal)) {
      WalRecovery log = WalRecovery.check(wal);
      logFiles = log.files().size();
      frames = log.frames();
      damage.addAll(log.damage());
    }
    RecordsCheck records = RecordsCheck.run(directory.resolve("records"));
    damage.addAll(records.damage());
    return new DataCheck(
        logFiles, frames, records.segments(), records.records(), records.bytes(), damage);
  }
}
