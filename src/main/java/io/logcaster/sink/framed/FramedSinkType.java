package io.logcaster.sink.framed;

import static io.logcaster.sink.SinkOption.optional;
import static io.logcaster.sink.SinkOption.required;

import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkContext;
import io.logcaster.sink.SinkOption;
import io.logcaster.sink.SinkOptionType;
import io.logcaster.sink.SinkOptions;
import io.logcaster.sink.SinkType;
import io.logcaster.sink.socket.SinkSocket;
import java.util.List;

/** Sends records to another LogCaster. */
public final class FramedSinkType implements SinkType {

  private static final List<SinkOption> OPTIONS =
      List.of(
          required("host", SinkOptionType.TEXT, "the other server").asAddress(),
          optional("port", SinkOptionType.NUMBER, 5140, "its TCP port").asAddress(),
          optional("tls", SinkOptionType.FLAG, false, "whether to use TLS").asAddress(),
          SinkSocket.CERTIFICATE,
          optional("token", SinkOptionType.TEXT, null, "a token of the other server").asSecret());

  @Override
  public String name() {
    return "logcaster";
  }

  @Override
  public List<SinkOption> options() {
    return OPTIONS;
  }

  @Override
  public int batchSize() {
    return 10_000;
  }

  @Override
  public Sink open(SinkOptions options, SinkContext context) {
    SinkSocket socket = SinkSocket.of(options, options.flag("tls"), context);
    return new FramedSink(socket, "sink-" + context.id(), options.text("token"));
  }
}
