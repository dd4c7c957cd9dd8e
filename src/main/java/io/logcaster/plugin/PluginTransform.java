package io.logcaster.plugin;

/**
 * A step that changes records on their way in, before they are stored and acknowledged.
 *
 * <p>It must be quick, since senders wait for it, and must not block. The result for a record must
 * not depend on which other records are in the batch. If it throws, the records go on unchanged,
 * marked with {@code _transform_error}: none is lost.
 *
 * <p>Calls may come from several threads at once.
 */
public interface PluginTransform {

  /** Changes the records that the transform's filter selects. */
  void apply(EditableBatch batch) throws Exception;
}
