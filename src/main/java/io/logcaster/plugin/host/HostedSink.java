package io.logcaster.plugin.host;

import io.logcaster.plugin.PluginSink;
import io.logcaster.plugin.SinkFailure;
import io.logcaster.record.RecordBatch;
import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkException;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** A sink of a plug-in, with its failures in the server's terms. */
final class HostedSink implements Sink {

  private final PluginSink sink;
  private final PluginCode code;
  private final UnaryOperator<String> redaction;
  private long position;
  private boolean begun = true;

  /**
   * @param redaction takes secrets out of messages
   */
  HostedSink(PluginSink sink, PluginCode code, UnaryOperator<String> redaction) {
    this.sink = sink;
    this.code = code;
    this.redaction = redaction;
  }

  @Override
  public void begin(long position) {
    this.position = position;
    begun = false; // a failure is thrown by write, which may
  }

  @Override
  public void write(RecordBatch batch) throws SinkException {
    call(
        () -> {
          if (!begun) {
            sink.begin(position);
            begun = true;
          }
          sink.write(new HostedBatch(batch));
        });
  }

  @Override
  public void flush() throws SinkException {
    call(sink::flush);
  }

  @Override
  public void close() throws SinkException {
    call(sink::close);
  }

  private void call(PluginCode.Action action) throws SinkException {
    try {
      code.run(action);
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      throw SinkException.temporary("The plug-in " + code.plugin() + " was interrupted", ex);
    } catch (PluginException ex) {
      throw failure(ex);
    }
  }

  private SinkException failure(PluginException ex) {
    String message =
        "Plug-in %s: %s".formatted(code.plugin(), redaction.apply(String.valueOf(ex.getMessage())));
    if (!(ex.getCause() instanceof SinkFailure failure)) {
      return SinkException.temporary(message, ex.getCause());
    }
    if (!failure.refused().isEmpty()) {
      return SinkException.partial(message, failure.refused(), Map.of(), null);
    }
    return failure.permanent()
        ? SinkException.permanent(message, Objects.requireNonNull(ex.getCause()))
        : SinkException.busy(message, failure.retryAfter().orElse(null));
  }
}
