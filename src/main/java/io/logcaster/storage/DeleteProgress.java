package io.logcaster.storage;

/** Receives the progress of a deletion. */
@FunctionalInterface
public interface DeleteProgress {

  /** Ignores the progress. */
  DeleteProgress NONE = (done, total, deleted) -> {};

  /**
   * Reports that another unit of the storage, such as a segment, is done.
   *
   * @param done the number of units done so far
   * @param total the number of units
   * @param deleted the number of records deleted so far
   */
  void progress(int done, int total, long deleted);
}
