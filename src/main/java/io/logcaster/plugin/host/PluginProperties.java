package io.logcaster.plugin.host;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Plug-ins.
 *
 * @param dir Folder of the plug-ins; there need not be one.
 * @param inputs Inputs that plug-ins provide.
 */
@ConfigurationProperties("logcaster.plugins")
record PluginProperties(
    @DefaultValue("./plugins") Path dir, @DefaultValue List<InputProperties> inputs) {

  /** Names are parts of metrics and of health's paths. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");

  PluginProperties {
    inputs = List.copyOf(inputs);
    Set<String> names = new HashSet<>(Set.of("tcp", "udp", "http"));
    for (InputProperties input : inputs) {
      if (!names.add(input.id())) {
        throw new IllegalArgumentException(
            "logcaster.plugins.inputs has a second input named '%s'; give one another name"
                .formatted(input.id()));
      }
    }
  }

  /**
   * An input.
   *
   * @param type The plug-in's name for it.
   * @param name Name of its counters, its type where not set.
   * @param options Options of the type.
   */
  record InputProperties(
      String type, @Nullable String name, @DefaultValue Map<String, String> options) {

    InputProperties {
      require(type, "type");
      if (name != null) {
        require(name, "name");
      }
      options = Map.copyOf(options);
    }

    private static void require(@Nullable String value, String property) {
      if (value == null || !NAME.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "logcaster.plugins.inputs[].%s must be letters, digits and dashes, at most 40, not '%s'"
                .formatted(property, value));
      }
    }

    String id() {
      return (name == null) ? type : name;
    }
  }
}
