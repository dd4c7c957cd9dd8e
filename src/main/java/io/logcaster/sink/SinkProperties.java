package io.logcaster.sink;

import io.logcaster.system.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Sinks that the settings describe.
 *
 * @param sinks Where records go out, besides the sinks that the API creates.
 * @param sinkDirectory The directory for files of sinks that the API creates, which can write
 *     nowhere else; {@code export} in the data directory by default.
 */
@ConfigurationProperties("logcaster")
record SinkProperties(@DefaultValue List<Setting> sinks, @Nullable String sinkDirectory) {

  /**
   * A sink.
   *
   * @param name Its name; by default its type and number.
   * @param type Its type, such as {@code file}.
   * @param enabled Whether it runs.
   * @param filter A filter of the query language; all records without one.
   * @param from Where a new sink begins: {@code now}, or a time from which on the store is sent.
   * @param batchSize How many records are sent at once; by default what suits the type.
   * @param linger How long to wait for them; by default what suits the type.
   * @param queue Its queue on disk.
   * @param options Options of its type.
   */
  record Setting(
      @Nullable String name,
      @Nullable String type,
      @DefaultValue("true") boolean enabled,
      @Nullable String filter,
      @DefaultValue("now") String from,
      @Nullable Integer batchSize,
      @Nullable Duration linger,
      @DefaultValue Queue queue,
      @DefaultValue Map<String, String> options) {}

  /**
   * A queue.
   *
   * @param maxBytes How large it may become.
   * @param whenFull What then happens to records: {@code drop-oldest}, {@code drop-newest} or
   *     {@code block}.
   */
  record Queue(
      @DefaultValue("256MB") DataSize maxBytes, @DefaultValue("drop-oldest") String whenFull) {}

  /** The sinks, not yet checked. */
  List<SinkDefinition> definitions(SinkTypes types) {
    List<SinkDefinition> definitions = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < sinks.size(); i++) {
      Setting setting = sinks.get(i);
      SinkType type = types.require(setting.type() == null ? "" : setting.type());
      String name = (setting.name() == null) ? type.name() + "-" + i : setting.name();
      String id = "settings-" + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
      if (!ids.add(id)) {
        throw ProblemException.invalidProperty(
            "logcaster.sinks[%d].name".formatted(i), "is the name of another sink");
      }
      definitions.add(
          new SinkDefinition(
              id,
              name,
              type.name(),
              setting.enabled(),
              setting.filter() == null ? "" : setting.filter().strip(),
              setting.from(),
              setting.batchSize() == null ? type.batchSize() : setting.batchSize(),
              setting.linger() == null ? type.linger() : setting.linger(),
              setting.queue().maxBytes().toBytes(),
              WhenFull.of(setting.queue().whenFull()),
              options(type, setting.options()),
              true,
              null));
    }
    return definitions;
  }

  /** Names as the type writes them, and maps as maps: settings are flat, and some in one case. */
  private static SortedMap<String, Object> options(SinkType type, Map<String, String> flat) {
    SortedMap<String, Object> options = new TreeMap<>();
    SortedMap<String, SortedMap<String, String>> maps = new TreeMap<>();
    flat.forEach(
        (key, value) -> {
          int dot = key.indexOf('.');
          String first = (dot < 0) ? key : key.substring(0, dot);
          String name =
              type.options().stream()
                  .map(SinkOption::name)
                  .filter((known) -> letters(known).equals(letters(first)))
                  .findFirst()
                  .orElse(first);
          if (dot < 0) {
            options.put(name, value);
          } else {
            maps.computeIfAbsent(name, (missing) -> new TreeMap<>())
                .put(key.substring(dot + 1), value);
          }
        });
    options.putAll(maps);
    return options;
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }
}
