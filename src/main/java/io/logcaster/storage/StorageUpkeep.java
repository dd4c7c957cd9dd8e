package io.logcaster.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What a storage that keeps records in files of its own does beside the seam. */
public interface StorageUpkeep {

  /** What was found damaged since the storage was opened; empty when nothing was. */
  List<String> damage();

  /**
   * Deletes the records that are older than a time; those that share a file with newer ones within
   * a day.
   *
   * @return how many records went
   */
  long dropBefore(long time) throws IOException;

  /**
   * Deletes the oldest days until the records take no more than a number of bytes; the newest day
   * stays.
   *
   * @return how many records went
   */
  long shrinkTo(long bytes) throws IOException;

  /**
   * Deletes what rules select and is older than they keep it. What was gone through once is not
   * read again.
   *
   * @param now the present in nanoseconds since the epoch
   * @return how many records went
   */
  long apply(List<RetentionRule> rules, long now) throws IOException;

  /**
   * Makes a directory, which does not exist, that holds all records stored so far and that another
   * server can open. It takes no more room until the files it shares are replaced here.
   */
  void snapshot(Path directory) throws IOException;
}
