package io.logcaster.plugin.host;

import io.logcaster.plugin.InputPlugin;
import io.logcaster.plugin.SinkPlugin;
import io.logcaster.plugin.TransformPlugin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plug-in that was found.
 *
 * @param name of its jar or folder
 * @param code runs its code
 * @param failure why it is not used, or not all of it; null if nothing is wrong
 */
record LoadedPlugin(
    String name,
    PluginCode code,
    List<SinkPlugin> sinks,
    List<InputPlugin> inputs,
    List<TransformPlugin> transforms,
    @Nullable String failure) {

  LoadedPlugin {
    sinks = List.copyOf(sinks);
    inputs = List.copyOf(inputs);
    transforms = List.copyOf(transforms);
  }

  static LoadedPlugin broken(String name, String failure) {
    return new LoadedPlugin(
        name, new PluginCode(name, null), List.of(), List.of(), List.of(), failure);
  }
}
