package io.logcaster.plugin.host;

import io.logcaster.plugin.PluginContext;
import io.logcaster.plugin.PluginOption;
import io.logcaster.plugin.PluginOptions;
import io.logcaster.sink.SinkOption;
import io.logcaster.sink.SinkOptionType;
import io.logcaster.sink.SinkOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** What a plug-in gets, made of what the server has. */
record HostedContext(
    String id,
    PluginOptions options,
    Path directory,
    Duration timeout,
    Clock clock,
    System.Logger logger)
    implements PluginContext {

  /** The options of a plug-in as the server checks them. */
  static List<SinkOption> options(List<PluginOption> options) {
    return options.stream().map(HostedContext::option).toList();
  }

  private static SinkOption option(PluginOption option) {
    SinkOptionType type =
        switch (option.type()) {
          case TEXT -> SinkOptionType.TEXT;
          case URL -> SinkOptionType.URL;
          case NUMBER -> SinkOptionType.NUMBER;
          case FLAG -> SinkOptionType.FLAG;
          case SIZE -> SinkOptionType.SIZE;
          case DURATION -> SinkOptionType.DURATION;
        };
    SinkOption made =
        option.required()
            ? SinkOption.required(option.name(), type, option.help())
            : SinkOption.optional(
                option.name(),
                type,
                option.fallback().isEmpty() ? null : option.fallback(),
                option.help());
    // Whoever changes where a plug-in sends something must know the secrets it sends.
    made = (type == SinkOptionType.URL) ? made.asAddress() : made;
    return option.secret() ? made.asSecret() : made;
  }

  /** Checked options as a plug-in reads them. */
  record Values(SinkOptions options) implements PluginOptions {

    @Override
    public String text(String name) {
      return options.text(name);
    }

    @Override
    public int number(String name) {
      return options.number(name);
    }

    @Override
    public boolean flag(String name) {
      return options.flag(name);
    }

    @Override
    public long bytes(String name) {
      return options.size(name);
    }

    @Override
    public Duration duration(String name) {
      return options.duration(name);
    }
  }
}
