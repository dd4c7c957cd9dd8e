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
 * @param maxConnections most connections at once
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
    Duration idleTimeout,
    int maxRecordSize,
    boolean repliesPerLine) {

  /** How a port uses TLS. */
  public enum TlsUse {
    /** Connections may begin with a TLS handshake, where there is a certificate. */
    OPTIONAL,
    /** Connections that do not are refused. */
    REQUIRED
  }
}
