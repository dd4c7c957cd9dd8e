package io.logcaster.cli;

import io.logcaster.client.ServerAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Checks that a server is there at all, before a client would retry for ever. */
final class ReachabilityCheck {

  private static final int TIMEOUT_MILLIS = 10_000;

  private ReachabilityCheck() {}

  /**
   * Connects once.
   *
   * @throws CommandFailure if there is no answer
   */
  static void check(ServerAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address.host(), address.port()), TIMEOUT_MILLIS);
    } catch (IOException ex) {
      throw new CommandFailure(
          "no answer at "
              + address
              + " (TCP): is the server running? --tcp or $LOGCASTER_TCP says where ("
              + ex.getMessage()
              + ")",
          ex);
    }
  }
}
