package io.logcaster.ingest.tcp;

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
 * @param maxConnections Most connections at once; one more is answered ERR busy and closed.
 * @param idleTimeout A connection that sends nothing for so long is closed.
 * @param maxRecordSize A longer record is cut here and marked.
 * @param reply What a sender of lines is answered.
 */
@ConfigurationProperties("logcaster.tcp")
@Validated
record TcpProperties(
    @DefaultValue("5140") @Min(-1) @Max(65535) int port,
    @Nullable InetAddress address,
    @DefaultValue("1024") @Min(1) @Max(100_000) int maxConnections,
    @DefaultValue("5m") @DurationMin(millis = 1) Duration idleTimeout,
    @DefaultValue("256KB") DataSize maxRecordSize,
    @DefaultValue("none") Reply reply) {

  /** A record shorter than this could not even hold its head, one longer not be indexed. */
  private static final long SMALLEST_RECORD = 1024;

  private static final long LARGEST_RECORD = 16 << 20;

  TcpProperties {
    if (maxRecordSize.toBytes() < SMALLEST_RECORD || maxRecordSize.toBytes() > LARGEST_RECORD) {
      throw new IllegalArgumentException(
          "logcaster.tcp.max-record-size must be between 1KB and 16MB, not " + maxRecordSize);
    }
  }

  /** What a sender of lines is answered. */
  enum Reply {
    /** Nothing. */
    NONE,
    /** {@code Log received} for each stored line; {@code exit} ends the session. */
    LINE
  }
}
