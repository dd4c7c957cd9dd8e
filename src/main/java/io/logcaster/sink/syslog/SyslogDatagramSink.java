package io.logcaster.sink.syslog;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.RecordBatch;
import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkContext;
import io.logcaster.sink.SinkException;
import io.logcaster.sink.text.SyslogText;
import io.logcaster.system.ConnectionTrouble;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Sends each message as a datagram (RFC 5426). Nothing tells whether it arrives. */
final class SyslogDatagramSink implements Sink {

  /** What fits into a datagram of IPv4. */
  private static final int MAX_MESSAGE = 65_507;

  private final String host;
  private final int port;
  private final SyslogText text;
  private final SinkContext context;
  private final ByteBuilder message = new ByteBuilder(1024);
  private @Nullable DatagramSocket socket;

  SyslogDatagramSink(String host, int port, SyslogText text, SinkContext context) {
    this.host = host;
    this.port = port;
    this.text = text;
    this.context = context;
  }

  @Override
  public void write(RecordBatch batch) throws SinkException {
    try {
      DatagramSocket open = socket;
      if (open == null) {
        open = new DatagramSocket();
        socket = open;
      }
      // Looked up for each batch, so that a name whose address changes is followed.
      InetSocketAddress target = new InetSocketAddress(InetAddress.getByName(host), port);
      context.guard().check(target);
      text.begin(batch);
      for (int row = 0; row < batch.size(); row++) {
        message.truncate(0);
        text.row(row, message);
        int length = Math.min(message.length(), MAX_MESSAGE);
        open.send(new DatagramPacket(message.array(), length, target));
      }
    } catch (IOException ex) {
      close();
      throw SinkException.temporary(
          "No datagram was sent. " + ConnectionTrouble.of(ex, host, port, context.timeout()), ex);
    }
  }

  @Override
  public void flush() {
    // Everything was sent.
  }

  @Override
  public void close() {
    DatagramSocket open = socket;
    socket = null;
    if (open != null) {
      open.close();
    }
  }
}
