package io.logcaster.sink.syslog;

import static io.logcaster.sink.SinkOption.choice;
import static io.logcaster.sink.SinkOption.optional;
import static io.logcaster.sink.SinkOption.required;

import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkContext;
import io.logcaster.sink.SinkOption;
import io.logcaster.sink.SinkOptionType;
import io.logcaster.sink.SinkOptions;
import io.logcaster.sink.SinkType;
import io.logcaster.sink.socket.SinkSocket;
import io.logcaster.sink.text.SyslogText;
import java.util.List;

/** Sends records as syslog messages. */
public final class SyslogSinkType implements SinkType {

  private static final List<SinkOption> OPTIONS =
      List.of(
          required("host", SinkOptionType.TEXT, "the syslog server").asAddress(),
          optional("port", SinkOptionType.NUMBER, 514, "its port; TLS mostly has 6514").asAddress(),
          choice("transport", "tcp", List.of("tcp", "tls", "udp"), "tcp, tls or udp").asAddress(),
          optional("facility", SinkOptionType.NUMBER, 16, "0 to 23; 16 is local0"),
          optional(
              "appName", SinkOptionType.TEXT, "logcaster", "the sender of records without an app"),
          SinkSocket.CERTIFICATE);

  @Override
  public String name() {
    return "syslog";
  }

  @Override
  public List<SinkOption> options() {
    return OPTIONS;
  }

  @Override
  public Sink open(SinkOptions options, SinkContext context) {
    int facility = options.number("facility");
    if (facility > 23) {
      throw SinkOptions.problem("facility", "must be between 0 and 23");
    }
    SyslogText text = new SyslogText(facility, options.text("appName").replaceAll("[^!-~]", "_"));
    String transport = options.text("transport");
    SinkSocket socket = SinkSocket.of(options, transport.equals("tls"), context);
    return transport.equals("udp")
        ? new SyslogDatagramSink(options.text("host"), options.number("port"), text, context)
        : new SyslogStreamSink(socket, text);
  }
}
