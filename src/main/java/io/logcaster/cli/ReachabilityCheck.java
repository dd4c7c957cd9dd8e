package io.logcaster.cli;

import io.logcaster.client.ServerAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Tells a server that is not there from one that is away for a moment. */
final class ReachabilityCheck {

  private static final int TIMEOUT_MILLIS = 10_000;

  private ReachabilityCheck() {}

  /**
   * Connects once.
   *
   * @throws CommandFailure if nobody answers
   */
  static void check(ServerAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address.host(), address.port()), TIMEOUT_MILLIS);
    } catch (IOException ex) {
      throw new CommandFailure(
          "nobody answers at "
              + address
              + " (TCP): is the server running? --tcp or $LOGCASTER_TCP says where ("
              + ex.getMessage()
              + ")",
          ex);
    }
  }
}
