package io.logcaster.ingest.udp;

import io.logcaster.ingest.Protocol;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The UDP port.
 *
 * @param port Port of all protocols; 0 takes any free one, -1 turns UDP off.
 * @param address Address to listen on; loopback, or all interfaces once credentials exist, where
 *     not set.
 * @param receiveBuffer Size of the socket's receive buffer; the system may allow less (on Linux
 *     net.core.rmem_max).
 */
@ConfigurationProperties("logcaster.udp")
@Validated
public record UdpProperties(
    @DefaultValue("5140") @Min(-1) @Max(65535) int port,
    @Nullable InetAddress address,
    @DefaultValue("4MB") DataSize receiveBuffer) {

  /**
   * The options of this port on a given address.
   *
   * @param maxRecordSize longer records are truncated, in bytes
   */
  public UdpOptions options(InetAddress bound, int maxRecordSize) {
    return new UdpOptions(bound, port, Protocol.AUTO, (int) receiveBuffer.toBytes(), maxRecordSize);
  }
}
