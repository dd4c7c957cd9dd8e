package io.logcaster.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What a storage with files of its own can do beyond the seam. */
public interface StorageUpkeep {

  /** What was found damaged since the storage was opened; empty when nothing was. */
  List<String> damage();

  /**
   * Deletes the records that are older than a time; a record may stay up to a day longer with newer
   * ones in its file.
   *
   * @return how many records were deleted
   */
  long dropBefore(long time) throws IOException;

  /**
   * Deletes the oldest days until the records take no more than the given bytes; the newest day
   * stays.
   *
   * @return how many records were deleted
   */
  long shrinkTo(long bytes) throws IOException;

  /**
   * Applies rules: deletes records that a rule selects and that are older than it keeps them.
   * Records that a rule was applied to are not read again for it.
   *
   * @param now the present in nanoseconds since the epoch
   * @return how many records were deleted
   */
  long apply(List<RetentionRule> rules, long now) throws IOException;

  /**
   * Creates a directory that holds all records stored so far and that another server can open. It
   * shares files with this storage, and so takes space only as those are replaced here.
   *
   * @param directory must not exist
   */
  void snapshot(Path directory) throws IOException;
}
