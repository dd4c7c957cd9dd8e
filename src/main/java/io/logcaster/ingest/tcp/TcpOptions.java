package io.logcaster.ingest.tcp;

import io.logcaster.ingest.Protocol;
import java.net.InetAddress;
import java.time.Duration;

/**
 * How one TCP port is served.
 *
 * @param address where it listens
 * @param port 0 for any free one
 * @param protocol what it takes
 * @param tls whether TLS is taken beside plain text, or alone
 * @param anonymous whether senders of protocols without credentials are taken without a client
 *     certificate
 * @param maxConnections maximum number of connections
 * @param maxConnectionsPerAddress most of them from one address
 * @param idleTimeout a connection that sends nothing for so long is closed
 * @param maxRecordSize a longer record is cut, in bytes
 * @param repliesPerLine whether each stored line is answered
 */
public record TcpOptions(
    InetAddress address,
    int port,
    Protocol protocol,
    TlsUse tls,
    boolean anonymous,
    int maxConnections,
    int maxConnectionsPerAddress,
    Duration idleTimeout,
    int maxRecordSize,
    boolean repliesPerLine) {

  /** Fewer connections of one address are no threat to the others, and a proxy may need them. */
  private static final int LEAST_PER_ADDRESS = 16;

  /**
   * How many connections one address may have where that is not set: half of them, so that others
   * find room whatever one peer does.
   */
  public static int usualPerAddress(int maxConnections) {
    return Math.min(maxConnections, Math.max(LEAST_PER_ADDRESS, maxConnections / 2));
  }

  /** How a port uses TLS. */
  public enum TlsUse {
    /** Connections may begin with a TLS handshake, where there is a certificate. */
    OPTIONAL,
    /** Connections that do not are refused. */
    REQUIRED
  }
}
