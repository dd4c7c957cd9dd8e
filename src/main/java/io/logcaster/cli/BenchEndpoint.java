package io.logcaster.cli;

import io.logcaster.client.ServerAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a load generator connects to.
 *
 * @param host the server
 * @param port its TCP and UDP port
 * @param httpPort its HTTP port
 * @param path where HTTP bodies are posted; null for the path of their protocol
 */
record BenchEndpoint(String host, int port, int httpPort, @Nullable String path) {

  /** The TCP and UDP port, looked up by its name. */
  InetSocketAddress socketAddress() {
    return new InetSocketAddress(host, port);
  }

  /** The TCP port. */
  ServerAddress serverAddress() {
    return new ServerAddress(host, port);
  }

  /** Opens a connection that posts bodies. */
  BenchTarget post(BenchBody body, Latencies latencies) throws IOException {
    String target = (path != null) ? path : body.path();
    try {
      return new HttpBenchTarget(new HttpConnection(host, httpPort), target, body, latencies);
    } catch (ConnectException ex) {
      throw new BenchServer(host, httpPort).noAnswer(ex);
    }
  }
}
