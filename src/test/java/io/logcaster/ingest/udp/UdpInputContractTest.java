package io.logcaster.ingest.udp;

import io.logcaster.ingest.Input;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.PortContract;
import io.logcaster.ingest.Protocol;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class UdpInputContractTest extends PortContract {

  @Override
  protected Input create(InputContext context, int port) {
    return new UdpInput(
        new UdpOptions(InetAddress.getLoopbackAddress(), port, Protocol.AUTO, 1 << 20, 256 << 10),
        context);
  }

  @Override
  protected void send(String address, String line) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      socket.send(
          new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port(address)));
    }
  }
}
