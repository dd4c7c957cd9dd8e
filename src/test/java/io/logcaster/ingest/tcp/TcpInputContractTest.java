package io.logcaster.ingest.tcp;

import io.logcaster.ingest.Input;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.PortContract;
import io.logcaster.ingest.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

class TcpInputContractTest extends PortContract {

  @Override
  protected Input create(InputContext context, int port) {
    return new TcpInput(
        new TcpOptions(
            InetAddress.getLoopbackAddress(),
            port,
            Protocol.AUTO,
            TcpOptions.TlsUse.OPTIONAL,
            true,
            200,
            200,
            Duration.ofMinutes(1),
            256 << 10,
            false),
        TcpTesting.open(),
        context);
  }

  /** Returns when the server has seen the end of the connection. */
  @Override
  protected void send(String address, String line) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(address))) {
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
  }
}
