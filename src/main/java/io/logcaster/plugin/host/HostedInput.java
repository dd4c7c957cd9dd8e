package io.logcaster.plugin.host;

import io.logcaster.ingest.Input;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.InputStats;
import io.logcaster.ingest.InputThread;
import io.logcaster.pipeline.InputMetrics;
import io.logcaster.plugin.InputPlugin;
import io.logcaster.plugin.PluginInput;
import io.logcaster.plugin.PluginInputContext;
import io.logcaster.plugin.PluginOptions;
import io.logcaster.plugin.RecordSubmitter;
import io.logcaster.sink.SinkOptions;
import io.logcaster.system.ProblemException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An input of a plug-in. Whatever goes wrong with it is logged and shown as its state; the server
 * starts all the same.
 */
final class HostedInput implements Input {

  private static final Logger LOG = LoggerFactory.getLogger(HostedInput.class);

  /** How long a stopping input may read what its senders have sent. */
  private static final Duration STOP_TIME = Duration.ofSeconds(10);

  /** How long an interrupted one may clean up. */
  private static final Duration LAST_TIME = Duration.ofSeconds(2);

  private final String type;
  private final Map<String, String> options;
  private final Plugins plugins;
  private final InputContext context;
  private final Place place;
  private volatile InputStats.State state = InputStats.State.STOPPED;
  private volatile @Nullable Running running;

  /**
   * Where an input keeps its files, and its limits.
   *
   * @param timeout of one attempt to reach something else
   * @param maxRecordSize longer values are cut
   */
  record Place(Path directory, Duration timeout, int maxRecordSize) {}

  /** An input with the thread that runs it. */
  private record Running(PluginCode code, PluginInput input, InputThread thread) {}

  HostedInput(
      String type,
      Map<String, String> options,
      Plugins plugins,
      InputContext context,
      Place place) {
    this.type = type;
    this.options = options;
    this.plugins = plugins;
    this.context = context;
    this.place = place;
  }

  @Override
  public void start() {
    Plugins.Provided<InputPlugin> provided = plugins.inputs().get(type);
    if (provided == null) {
      fail(
          "no plug-in provides the input type '%s'; there are: %s"
              .formatted(type, plugins.inputs().keySet()));
      return;
    }
    PluginCode code = provided.code();
    try {
      PluginInputContext given =
          new Context(code, SinkOptions.of(HostedContext.options(provided.options()), options));
      PluginInput input =
          code.call(
              () ->
                  Objects.requireNonNull(
                      provided.plugin().open(given), "The plug-in opened no input"));
      InputThread thread =
          new InputThread(
              "input-" + context.metrics().id(),
              context,
              () -> state == InputStats.State.RUNNING,
              () -> code.run(input::run));
      running = new Running(code, input, thread);
      state = InputStats.State.RUNNING;
      thread.startVirtual();
    } catch (ProblemException ex) {
      fail(String.valueOf(ex.getBody().getDetail()));
    } catch (PluginException ex) {
      fail(String.valueOf(ex.getMessage()));
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      fail("it was interrupted");
    }
  }

  private void fail(String why) {
    LOG.error("The input {} does not run: {}", context.metrics().id(), why);
    state = InputStats.State.FAILED;
  }

  @Override
  public void stop() {
    Running present = running;
    running = null;
    if (present == null) {
      state = InputStats.State.STOPPED;
      return;
    }
    state = InputStats.State.STOPPING;
    try {
      present.code().run(present.input()::stop);
    } catch (PluginException ex) {
      LOG.warn("The input {} failed to stop", context.metrics().id(), ex);
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
    try {
      present.thread().join(STOP_TIME);
      present.thread().interrupt();
      present.thread().join(LAST_TIME);
    } catch (InterruptedException ex) {
      present.thread().interrupt();
      Thread.currentThread().interrupt();
    }
    state = InputStats.State.STOPPED;
  }

  @Override
  public InputStats stats() {
    InputMetrics metrics = context.metrics();
    return new InputStats(
        metrics.id(),
        type,
        address(),
        isDown() ? InputStats.State.FAILED : state,
        metrics.received(),
        metrics.rejected().values().stream().mapToLong(Long::longValue).sum(),
        metrics.bytes(),
        metrics.notes().values().stream().mapToLong(Long::longValue).sum(),
        List.of());
  }

  private boolean isDown() {
    Running present = running;
    return present != null && present.thread().isDown();
  }

  private String address() {
    Running present = running;
    if (present == null) {
      return "";
    }
    try {
      return String.valueOf(present.code().call(present.input()::address));
    } catch (PluginException ex) {
      return "";
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /** What the plug-in gets. */
  private final class Context implements PluginInputContext {

    private final PluginOptions values;
    private final System.Logger logger;

    Context(PluginCode code, SinkOptions options) {
      this.values = new HostedContext.Values(options);
      this.logger = new PluginLogger(code.plugin());
    }

    @Override
    public String id() {
      return context.metrics().id();
    }

    @Override
    public PluginOptions options() {
      return values;
    }

    @Override
    public Path directory() {
      return place.directory();
    }

    @Override
    public Duration timeout() {
      return place.timeout();
    }

    @Override
    public Clock clock() {
      return context.clock();
    }

    @Override
    public System.Logger logger() {
      return logger;
    }

    @Override
    public RecordSubmitter submitter(String sender) {
      return new HostedSubmitter(context, sender, place.maxRecordSize());
    }
  }
}
