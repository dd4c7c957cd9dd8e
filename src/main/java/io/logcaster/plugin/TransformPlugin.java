package io.logcaster.plugin;

import java.util.List;

/**
 * A type of transform, found by {@link java.util.ServiceLoader}. Needs a public constructor without
 * parameters, which must do nothing that can fail.
 */
public interface TransformPlugin {

  /** The action in the API and the settings: lower-case letters, digits and underscores. */
  String type();

  /** The options, in the order in which a form shows them. */
  default List<PluginOption> options() {
    return List.of();
  }

  /**
   * Makes a transform.
   *
   * @throws IllegalArgumentException if options do not go together; users see the message
   */
  PluginTransform open(PluginContext context);
}
