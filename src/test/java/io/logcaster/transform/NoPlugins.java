package io.logcaster.transform;

import java.util.Map;
import java.util.Set;

/** The transforms of plug-ins where there are none. */
enum NoPlugins implements PluginTransforms {
  INSTANCE;

  @Override
  public Set<String> types() {
    return Set.of();
  }

  @Override
  public Opened open(String type, String name, Map<String, String> values) throws PluginRefusal {
    throw new PluginRefusal("type", "is '" + type + "', but there are no plug-ins");
  }

  @Override
  public void unusable(String type, String name, PluginRefusal why) {
    // The records say it.
  }
}
