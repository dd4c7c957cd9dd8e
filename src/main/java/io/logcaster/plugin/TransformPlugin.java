package io.logcaster.plugin;

import java.util.List;

/**
 * A type of transform, found by {@link java.util.ServiceLoader}. Needs a public constructor without
 * parameters, which must do nothing that can fail.
 */
public interface TransformPlugin {

  /**
   * The type in the API and the settings: lower-case letters, digits and underscores. It must
   * differ from the types of other plug-ins.
   */
  String type();

  /**
   * The options, in the order in which a form shows them. The value of a secret one is the path of
   * a file that holds the secret, which the plug-in then gets.
   */
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
