package io.logcaster.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Sends lines over TCP, without acknowledgements. */
final class TcpBenchTarget implements BenchTarget {

  private final Socket socket = new Socket();

  TcpBenchTarget(InetSocketAddress server) throws IOException {
    socket.connect(server, 10_000);
  }

  @Override
  public void send(byte[] bytes, int length, int lines) throws IOException {
    socket.getOutputStream().write(bytes, 0, length);
  }

  /** The server closes its side when it has read everything. */
  @Override
  public void finish() throws IOException {
    socket.shutdownOutput();
    InputStream in = socket.getInputStream();
    while (in.read() >= 0) {
      // nothing is expected but the end
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
