package io.logcaster.plugin;

/**
 * Records that can be changed. Each change is seen by the reads that follow; only the stream of a
 * record stays what it was until the transform has ended. Belongs to the thread that was given it.
 */
public interface EditableBatch extends PluginBatch {

  /**
   * Sets a field.
   *
   * @param field {@code _msg} is the message; other names that start with an underscore are the
   *     server's own, and cannot be set
   * @param value empty to remove the field
   */
  void set(int row, String field, String value);

  /** Drops a record. It is counted as dropped by this transform. */
  void drop(int row);
}
