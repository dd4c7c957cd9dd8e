package io.logcaster.sink.syslog;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.RecordBatch;
import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkException;
import io.logcaster.sink.socket.SinkSocket;
import io.logcaster.sink.text.SyslogText;
import java.io.IOException;

/**
 * Sends messages over TCP or TLS with octet counting (RFC 6587, RFC 5425). The protocol has no
 * acknowledgements: what was sent on a connection that then broke may be lost.
 */
final class SyslogStreamSink implements Sink {

  private static final int STEP = 64 << 10;

  private final SinkSocket socket;
  private final SyslogText text;
  private final ByteBuilder message = new ByteBuilder(1024);
  private final ByteBuilder frames = new ByteBuilder(STEP * 2);

  SyslogStreamSink(SinkSocket socket, SyslogText text) {
    this.socket = socket;
    this.text = text;
  }

  @Override
  public void begin(long position) {
    frames.truncate(0);
    socket.dropIfClosed();
  }

  @Override
  public void write(RecordBatch batch) throws SinkException {
    text.begin(batch);
    for (int row = 0; row < batch.size(); row++) {
      message.truncate(0);
      text.row(row, message);
      frames.append((long) message.length()).append(' ');
      frames.append(message.array(), 0, message.length());
      if (frames.length() >= STEP) {
        flush();
      }
    }
  }

  @Override
  public void flush() throws SinkException {
    try {
      socket.write(frames.array(), frames.length());
      frames.truncate(0);
    } catch (IOException ex) {
      throw socket.failed(ex);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
