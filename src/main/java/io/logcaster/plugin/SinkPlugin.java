package io.logcaster.plugin;

import java.util.List;

/**
 * A type of sink, found by {@link java.util.ServiceLoader}. Needs a public constructor without
 * parameters, which must do nothing that can fail.
 */
public interface SinkPlugin {

  /**
   * The type in the API and the settings: lower-case letters, digits and hyphens. It must differ
   * from the types of the server and of other plug-ins.
   */
  String type();

  /** The options, in the order in which a form shows them. */
  default List<PluginOption> options() {
    return List.of();
  }

  /**
   * Makes a sink. Connects to nothing and changes no file: the sink does so when first written to.
   *
   * @throws IllegalArgumentException if options do not go together; users see the message
   */
  PluginSink open(PluginContext context);
}
