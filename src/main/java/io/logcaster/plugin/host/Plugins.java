package io.logcaster.plugin.host;

import io.logcaster.plugin.InputPlugin;
import io.logcaster.plugin.PluginOption;
import io.logcaster.plugin.SinkPlugin;
import io.logcaster.plugin.TransformPlugin;
import io.logcaster.sink.SinkType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plug-ins of this server. They are loaded when somebody first asks for them. Thread-safe. */
public final class Plugins {

  private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_-]{0,39}");

  /** More are no options but data. */
  private static final int MAX_OPTIONS = 50;

  private final Path folder;
  private final PluginLoader loader;
  private @Nullable Contents contents;

  /**
   * What a plug-in provides.
   *
   * @param code runs its code
   */
  record Provided<T>(PluginCode code, T plugin, String type, List<PluginOption> options) {}

  private record Contents(
      List<LoadedPlugin> plugins,
      Map<String, Provided<SinkPlugin>> sinks,
      Map<String, Provided<InputPlugin>> inputs,
      Map<String, Provided<TransformPlugin>> transforms,
      SortedMap<String, String> failures) {}

  Plugins(Path folder, PluginLoader loader) {
    this.folder = folder;
    this.loader = loader;
  }

  private synchronized Contents contents() {
    Contents known = contents;
    if (known == null) {
      known = load();
      contents = known;
    }
    return known;
  }

  private Contents load() {
    List<LoadedPlugin> plugins = loader.load(folder);
    SortedMap<String, String> failures = new TreeMap<>();
    for (LoadedPlugin plugin : plugins) {
      if (plugin.failure() != null) {
        failures.put(plugin.name(), plugin.failure());
      }
    }
    Contents all =
        new Contents(
            plugins,
            provided(plugins, LoadedPlugin::sinks, SinkPlugin::type, SinkPlugin::options, failures),
            provided(
                plugins, LoadedPlugin::inputs, InputPlugin::type, InputPlugin::options, failures),
            provided(
                plugins,
                LoadedPlugin::transforms,
                TransformPlugin::type,
                TransformPlugin::options,
                failures),
            failures);
    report(all);
    return all;
  }

  private void report(Contents all) {
    all.failures().forEach((name, why) -> LOG.error("The plug-in {} is broken: {}", name, why));
    List<String> types = new ArrayList<>();
    all.sinks().keySet().forEach((type) -> types.add("sink " + type));
    all.inputs().keySet().forEach((type) -> types.add("input " + type));
    all.transforms().keySet().forEach((type) -> types.add("transform " + type));
    if (!types.isEmpty()) {
      LOG.info("Plug-ins of {} provide: {}", folder, String.join(", ", types));
    }
  }

  /** What plug-ins provide of one kind, by type. The first of two with the same type is used. */
  private static <T> Map<String, Provided<T>> provided(
      List<LoadedPlugin> plugins,
      Function<LoadedPlugin, List<T>> kind,
      Function<T, String> type,
      Function<T, List<PluginOption>> options,
      SortedMap<String, String> failures) {
    Map<String, Provided<T>> byType = new LinkedHashMap<>();
    for (LoadedPlugin plugin : plugins) {
      for (T one : kind.apply(plugin)) {
        try {
          Provided<T> provided =
              plugin
                  .code()
                  .call(
                      () ->
                          new Provided<>(
                              plugin.code(),
                              one,
                              type.apply(one),
                              List.copyOf(options.apply(one))));
          String wrong = wrong(provided, byType);
          if (wrong == null) {
            byType.put(provided.type(), provided);
          } else {
            failures.putIfAbsent(plugin.name(), wrong);
          }
        } catch (PluginException ex) {
          failures.putIfAbsent(plugin.name(), String.valueOf(ex.getMessage()));
        } catch (InterruptedException ex) {
          failures.putIfAbsent(plugin.name(), "was interrupted");
        }
      }
    }
    return byType;
  }

  private static <T> @Nullable String wrong(Provided<T> one, Map<String, Provided<T>> others) {
    if (one.type() == null || !TYPE.matcher(one.type()).matches()) {
      return "has the type '%s', which must be lower-case letters, digits, - and _"
          .formatted(one.type());
    }
    Provided<T> other = others.get(one.type());
    if (other != null) {
      return "has the type %s, which the plug-in %s has too"
          .formatted(one.type(), other.code().plugin());
    }
    return one.options().size() > MAX_OPTIONS ? "has more than " + MAX_OPTIONS + " options" : null;
  }

  /**
   * The types of sinks that plug-ins provide.
   *
   * @param taken the types that the server has itself, which no plug-in can replace
   */
  public List<SinkType> sinkTypes(List<String> taken) {
    List<SinkType> types = new ArrayList<>();
    for (Provided<SinkPlugin> provided : sinks().values()) {
      if (taken.contains(provided.type())) {
        fail(
            provided.code().plugin(),
            "has the type %s, which the server has itself".formatted(provided.type()));
      } else {
        types.add(new HostedSinkType(provided));
      }
    }
    return types;
  }

  Map<String, Provided<SinkPlugin>> sinks() {
    return contents().sinks();
  }

  Map<String, Provided<InputPlugin>> inputs() {
    return contents().inputs();
  }

  Map<String, Provided<TransformPlugin>> transforms() {
    return contents().transforms();
  }

  /** The names of the plug-ins that were found. */
  List<String> names() {
    return contents().plugins().stream().map(LoadedPlugin::name).toList();
  }

  /** Why plug-ins are not used, or not all of one, by name. */
  SortedMap<String, String> failures() {
    Contents all = contents();
    synchronized (all.failures()) {
      return new TreeMap<>(all.failures());
    }
  }

  /** Notes that a plug-in cannot be used as the server is set up. */
  void fail(String plugin, String why) {
    Contents all = contents();
    synchronized (all.failures()) {
      all.failures().putIfAbsent(plugin, why);
    }
    LOG.error("The plug-in {} is not used: {}", plugin, why);
  }
}
