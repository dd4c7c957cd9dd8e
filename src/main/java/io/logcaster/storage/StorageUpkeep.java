package io.logcaster.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Maintenance operations of a storage that drops records by age and size. */
public interface StorageUpkeep {

  /** The damage found since the storage was opened; empty if none. */
  List<String> damage();

  /** Why records are refused at present; null if they are accepted. */
  default @Nullable String refusal() {
    return null;
  }

  /**
   * Deletes the records that are older than a time. A record may stay up to a day longer if its
   * file has newer ones.
   *
   * @return how many records were deleted
   */
  long dropBefore(long time) throws IOException;

  /**
   * Deletes the oldest days until the records take at most the given number of bytes; the newest
   * day stays.
   *
   * @return how many records were deleted
   */
  long shrinkTo(long bytes) throws IOException;

  /**
   * Applies rules: deletes the records that a rule selects once they exceed its age. Records that a
   * rule was already applied to are not read again for it.
   *
   * @param now the current time in nanoseconds since the epoch
   * @return how many records were deleted
   */
  long apply(List<RetentionRule> rules, long now) throws IOException;

  /** Figures of the object storage that has old segments; null if there is none. */
  default @Nullable TierStatus tier() {
    return null;
  }

  /** Whether the records are in files, so that a {@link #snapshot} can be made. */
  default boolean hasFiles() {
    return true;
  }

  /**
   * Creates a directory that holds all records stored so far and that another server can open. It
   * shares files with this storage, so it takes extra space only as they are replaced here.
   *
   * @param directory must not exist
   */
  void snapshot(Path directory) throws IOException;
}
