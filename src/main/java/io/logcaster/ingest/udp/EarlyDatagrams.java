package io.logcaster.ingest.udp;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A UDP port that is open and receives before its input can decode anything. The system's buffer
 * alone would be full after some hundredths of a second.
 */
public final class EarlyDatagrams implements Closeable {

  private final DatagramReceiver receiver;

  private EarlyDatagrams(DatagramReceiver receiver) {
    this.receiver = receiver;
  }

  /**
   * Opens the port and begins to receive.
   *
   * @param receiveBuffer the size of the socket's receive buffer to request, in bytes
   */
  public static EarlyDatagrams open(InetSocketAddress address, int receiveBuffer)
      throws IOException {
    DatagramReceiver receiver = new DatagramReceiver(address, receiveBuffer);
    receiver.begin();
    return new EarlyDatagrams(receiver);
  }

  /** What has been and will be received. Whoever takes it closes it. */
  DatagramReceiver receiver() {
    return receiver;
  }

  @Override
  public void close() {
    receiver.close();
  }
}
