package io.logcaster.ingest.tcp;

import io.logcaster.ingest.Protocol;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.InetAddress;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The TCP port.
 *
 * @param port Port of all protocols; 0 takes any free one, -1 turns TCP off.
 * @param address Address to listen on; loopback, or all interfaces once credentials exist, where
 *     not set.
 * @param maxConnections Maximum number of connections; one more is answered ERR busy and closed.
 * @param maxConnectionsPerAddress Most of them from one address, half of them where not set; to be
 *     raised behind a proxy.
 * @param idleTimeout A connection that sends nothing for so long is closed.
 * @param maxRecordSize A longer record is cut here and marked.
 * @param reply What a sender of lines is answered.
 * @param anonymous Whether lines, which carry no credentials, are accepted from every client that
 *     reaches the port; otherwise only over TLS with a client certificate.
 */
@ConfigurationProperties("logcaster.tcp")
@Validated
public record TcpProperties(
    @DefaultValue("5140") @Min(-1) @Max(65535) int port,
    @Nullable InetAddress address,
    @DefaultValue("1024") @Min(1) @Max(100_000) int maxConnections,
    @Nullable @Min(1) @Max(100_000) Integer maxConnectionsPerAddress,
    @DefaultValue("5m") @DurationMin(millis = 1) Duration idleTimeout,
    @DefaultValue("256KB") DataSize maxRecordSize,
    @DefaultValue("none") Reply reply,
    @DefaultValue("true") boolean anonymous) {

  /** A record shorter than this could not even hold its head, one longer not be indexed. */
  private static final long SMALLEST_RECORD = 1024;

  private static final long LARGEST_RECORD = 16 << 20;

  public TcpProperties {
    if (maxRecordSize.toBytes() < SMALLEST_RECORD || maxRecordSize.toBytes() > LARGEST_RECORD) {
      throw new IllegalArgumentException(
          "logcaster.tcp.max-record-size must be between 1KB and 16MB, not " + maxRecordSize);
    }
  }

  /** What a sender of lines is answered. */
  public enum Reply {
    /** Nothing. */
    NONE,
    /** {@code Log received} for each stored line; {@code exit} ends the session. */
    LINE
  }

  /** The port on the address that it may be opened on. */
  public TcpOptions options(InetAddress bound) {
    return new TcpOptions(
        bound,
        port,
        Protocol.AUTO,
        TcpOptions.TlsUse.OPTIONAL,
        anonymous,
        maxConnections,
        (maxConnectionsPerAddress == null)
            ? TcpOptions.usualPerAddress(maxConnections)
            : maxConnectionsPerAddress,
        idleTimeout,
        (int) maxRecordSize.toBytes(),
        reply == Reply.LINE);
  }
}
