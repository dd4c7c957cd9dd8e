package io.logcaster.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** Sends each line as a datagram. Nothing tells the sender whether it arrived. */
final class UdpBenchTarget implements BenchTarget {

  /** What UDP over IPv4 takes. */
  private static final int MAX_DATAGRAM = 65_507;

  private final DatagramChannel channel = DatagramChannel.open();
  private final ByteBuffer datagram = ByteBuffer.allocateDirect(MAX_DATAGRAM);

  UdpBenchTarget(InetSocketAddress server) throws IOException {
    channel.connect(server);
  }

  @Override
  public void send(byte[] bytes, int length, int lines) throws IOException {
    int from = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        datagram.clear().put(bytes, from, i - from).flip();
        channel.write(datagram);
        from = i + 1;
      }
    }
  }

  @Override
  public void finish() {}

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
