package io.logcaster.storage;

/** Hears how far a deletion is. */
@FunctionalInterface
public interface DeleteProgress {

  /** Hears nothing. */
  DeleteProgress NONE = (done, total, deleted) -> {};

  /**
   * A unit of the storage, such as a segment, was gone through.
   *
   * @param done how many are gone through
   * @param total how many there are
   * @param deleted how many records went so far
   */
  void progress(int done, int total, long deleted);
}
