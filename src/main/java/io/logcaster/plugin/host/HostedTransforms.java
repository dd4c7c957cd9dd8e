package io.logcaster.plugin.host;

import io.logcaster.plugin.PluginOption;
import io.logcaster.plugin.PluginTransform;
import io.logcaster.plugin.TransformPlugin;
import io.logcaster.sink.SinkOptions;
import io.logcaster.system.ProblemException;
import io.logcaster.transform.PluginRefusal;
import io.logcaster.transform.PluginTransforms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The transforms of the plug-ins. */
final class HostedTransforms implements PluginTransforms {

  /** How long the pipeline, and so all senders, wait for a batch. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  /** What {@link SinkOptions} says: {@code Property 'options.field' is required.} */
  private static final Pattern PROBLEM =
      Pattern.compile("Property 'options\\.([^']+)' (.*?)\\.*", Pattern.DOTALL);

  private static final int MAX_SECRET_BYTES = 4_096;

  private final Plugins plugins;
  private final Path folder;
  private final Clock clock;
  private final Duration limit;

  /**
   * @param folder holds a folder for each transform
   */
  HostedTransforms(Plugins plugins, Path folder, Clock clock, Duration limit) {
    this.plugins = plugins;
    this.folder = folder;
    this.clock = clock;
    this.limit = limit;
  }

  @Override
  public Set<String> types() {
    return new TreeSet<>(plugins.transforms().keySet());
  }

  @Override
  public Opened open(String type, String name, Map<String, String> values) throws PluginRefusal {
    Plugins.Provided<TransformPlugin> provided = plugins.transforms().get(type);
    if (provided == null) {
      throw new PluginRefusal(
          "type", "is '" + type + "', which no plug-in provides; there are " + names());
    }
    SinkOptions options = options(provided, values);
    PluginCode code = provided.code();
    HostedContext context =
        new HostedContext(
            id(name),
            new HostedContext.Values(options),
            folder.resolve(id(name)),
            limit,
            clock,
            new PluginLogger(code.plugin()));
    try {
      PluginTransform transform =
          code.call(
              () ->
                  Objects.requireNonNull(
                      provided.plugin().open(context), "The plug-in opened no transform"));
      return new HostedTransform(transform, code, options::redacted, limit, System::nanoTime);
    } catch (PluginException ex) {
      throw new PluginRefusal(
          "values",
          "are refused by the plug-in %s: %s"
              .formatted(code.plugin(), options.redacted(String.valueOf(ex.getMessage()))));
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      throw new PluginRefusal("type", "cannot be opened: the server is stopping");
    }
  }

  private static SinkOptions options(
      Plugins.Provided<TransformPlugin> provided, Map<String, String> values) throws PluginRefusal {
    Map<String, String> given = new HashMap<>(values);
    for (PluginOption option : provided.options()) {
      if (option.secret() && given.containsKey(option.name())) {
        given.put(option.name(), secret(option.name(), given.get(option.name())));
      }
    }
    try {
      return SinkOptions.of(HostedContext.options(provided.options()), given);
    } catch (ProblemException ex) {
      throw refusal(ex);
    }
  }

  /** The same problem at the place where a transform has its options. */
  private static PluginRefusal refusal(ProblemException ex) {
    String detail = String.valueOf(ex.getBody().getDetail());
    Matcher parts = PROBLEM.matcher(detail);
    return parts.matches()
        ? new PluginRefusal("values." + parts.group(1), parts.group(2))
        : new PluginRefusal("values", "are refused: " + detail);
  }

  /** A secret is in a file, because transforms are shown and kept as they were set. */
  private static String secret(String option, String file) throws PluginRefusal {
    try {
      Path path = Path.of(file);
      if (Files.isRegularFile(path) && Files.size(path) <= MAX_SECRET_BYTES) {
        return Files.readString(path, StandardCharsets.UTF_8).stripTrailing();
      }
    } catch (IOException | InvalidPathException ex) {
      throw new PluginRefusal("values." + option, "is a secret, and its file cannot be read");
    }
    throw new PluginRefusal(
        "values." + option,
        "is a secret, so it must be the path of a file of at most 4KB that holds it");
  }

  /** Names may have any characters, and two may differ in those that an id cannot have. */
  private static String id(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return plain.equals(name) ? name : plain + "-" + Integer.toHexString(name.hashCode());
  }

  @Override
  public void unusable(String type, String name, PluginRefusal why) {
    plugins.fail(
        type,
        "the transform '%s' marks its records instead: options.%s %s"
            .formatted(name, why.place(), why.reason()));
  }
}
