package io.logcaster.plugin;

import java.util.List;

/**
 * A type of input, found by {@link java.util.ServiceLoader}. Needs a public constructor without
 * parameters, which must do nothing that can fail.
 */
public interface InputPlugin {

  /** The type in the settings: lower-case letters, digits and hyphens. */
  String type();

  /** The options that users can set. */
  default List<PluginOption> options() {
    return List.of();
  }

  /**
   * Makes an input, which does nothing before it is {@linkplain PluginInput#run run}.
   *
   * @throws IllegalArgumentException if options do not go together; users see the message
   */
  PluginInput open(PluginInputContext context);
}
