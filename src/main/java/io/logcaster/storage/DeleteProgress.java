package io.logcaster.storage;

/** Told of the progress of a deletion. */
@FunctionalInterface
public interface DeleteProgress {

  /** Ignores it. */
  DeleteProgress NONE = (done, total, deleted) -> {};

  /**
   * Another unit of the storage, such as a segment, is done.
   *
   * @param done the number of units that are done
   * @param total the number of units
   * @param deleted how many records were deleted so far
   */
  void progress(int done, int total, long deleted);
}
