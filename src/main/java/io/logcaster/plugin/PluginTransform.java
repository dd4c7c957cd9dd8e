package io.logcaster.plugin;

/**
 * A step that changes records on their way in, before they are stored and acknowledged.
 *
 * <p>It must be quick, since senders wait for it, and must not block: after ten seconds it is
 * interrupted, and not used for a minute. The result for a record must not depend on which other
 * records are in the batch. If it throws, it is called again with one record at a time, to find
 * those that fail: they go on unchanged, marked with {@code _transform_error}. None is lost.
 *
 * <p>Calls may come from several threads at once.
 */
public interface PluginTransform {

  /** Changes the records that the transform's filter selects. */
  void apply(EditableBatch batch) throws Exception;
}
