package io.logcaster.plugin.host;

import io.logcaster.plugin.PluginContext;
import io.logcaster.plugin.PluginSink;
import io.logcaster.plugin.SinkPlugin;
import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkContext;
import io.logcaster.sink.SinkOption;
import io.logcaster.sink.SinkOptions;
import io.logcaster.sink.SinkType;
import io.logcaster.system.ProblemException;
import java.util.List;
import java.util.Objects;

/** A type of sink that a plug-in provides. */
final class HostedSinkType implements SinkType {

  private final Plugins.Provided<SinkPlugin> provided;
  private final List<SinkOption> options;

  HostedSinkType(Plugins.Provided<SinkPlugin> provided) {
    this.provided = provided;
    this.options = HostedContext.options(provided.options());
  }

  @Override
  public String name() {
    return provided.type();
  }

  @Override
  public List<SinkOption> options() {
    return options;
  }

  @Override
  public Sink open(SinkOptions options, SinkContext context) {
    PluginCode code = provided.code();
    PluginContext given =
        new HostedContext(
            context.id(),
            new HostedContext.Values(options),
            context.directory(),
            context.timeout(),
            context.clock(),
            new PluginLogger(code.plugin()));
    try {
      PluginSink sink =
          code.call(
              () ->
                  Objects.requireNonNull(
                      provided.plugin().open(given), "The plug-in opened no sink"));
      return new HostedSink(sink, code, options::redacted);
    } catch (PluginException ex) {
      throw problem(options.redacted(String.valueOf(ex.getMessage())));
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      throw problem("it was interrupted");
    }
  }

  private ProblemException problem(String message) {
    return ProblemException.invalidProperty(
        "options", "are refused by the plug-in " + provided.code().plugin() + ": " + message);
  }
}
