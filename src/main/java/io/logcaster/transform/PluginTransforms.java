package io.logcaster.transform;

import io.logcaster.record.RecordBatch;
import java.util.Map;
import java.util.Set;

/** The transforms that plug-ins provide, for the action {@code plugin}. Thread-safe. */
public interface PluginTransforms {

  /** The types that there are. */
  Set<String> types();

  /**
   * Opens a transform of a type.
   *
   * @param name the transform's name
   * @param values the options of the type
   */
  Opened open(String type, String name, Map<String, String> values) throws PluginRefusal;

  /**
   * Notes that a transform in force cannot be opened. Its records are stored and marked.
   *
   * @param name the transform's name
   */
  void unusable(String type, String name, PluginRefusal why);

  /** The types for messages. */
  default String names() {
    Set<String> types = types();
    return types.isEmpty() ? "none" : String.join(", ", types);
  }

  /** A transform that a plug-in opened. Called by one thread at a time. */
  @FunctionalInterface
  interface Opened {

    /**
     * Looks at records and says how to change them. If it throws, none is changed, and they are
     * marked with the message.
     *
     * @param batch the records that the transform's filter selects
     */
    void apply(RecordBatch batch, RecordEdits edits);
  }
}
