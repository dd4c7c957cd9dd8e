package io.logcaster.ingest.listen;

import io.logcaster.ingest.Protocol;
import io.logcaster.ingest.tcp.TcpOptions;
import io.logcaster.ingest.tcp.TcpOptions.TlsUse;
import java.net.InetAddress;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * One port.
 *
 * @param port Port to listen on; 0 takes any free one.
 * @param transport tcp or udp.
 * @param protocol What it takes: auto, syslog, json, raw, gelf, forward or framed.
 * @param name Name of its counters, transport and port where not set.
 * @param address Address to listen on, as for the TCP port where not set.
 * @param fields Fields that every record gets which does not have them.
 * @param timeZone Zone of times without one, logcaster.ingest.time-zone where not set.
 * @param tls required refuses senders without TLS; TCP alone.
 * @param anonymous Whether lines are taken without a client certificate, as for the TCP port.
 * @param maxConnections Maximum number of connections.
 * @param maxConnectionsPerAddress Most of them from one address, half of them where not set.
 * @param idleTimeout A connection that sends nothing for so long is closed.
 * @param maxRecordSize A longer record is cut here and marked.
 * @param receiveBuffer Datagrams the system keeps while the server is busy.
 */
record ListenerProperties(
    int port,
    @DefaultValue("tcp") Transport transport,
    @DefaultValue("auto") Protocol protocol,
    @Nullable String name,
    @Nullable InetAddress address,
    @DefaultValue Map<String, String> fields,
    @Nullable ZoneId timeZone,
    @DefaultValue("optional") TlsUse tls,
    @DefaultValue("true") boolean anonymous,
    @DefaultValue("1024") int maxConnections,
    @Nullable Integer maxConnectionsPerAddress,
    @DefaultValue("5m") Duration idleTimeout,
    @DefaultValue("256KB") DataSize maxRecordSize,
    @DefaultValue("4MB") DataSize receiveBuffer) {

  /** What carries the bytes. */
  enum Transport {
    TCP,
    UDP
  }

  /** Names are parts of metrics and of health's paths. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");

  private static final Pattern FIELD = Pattern.compile("[^\\s{}=,\"]{1,200}");

  ListenerProperties {
    require(port >= 0 && port <= 65_535, "port", "must be between 0 and 65535", port);
    require(
        name == null || NAME.matcher(name).matches(),
        "name",
        "must be letters, digits and dashes, at most 40",
        String.valueOf(name));
    require(maxConnections > 0, "max-connections", "must be at least 1", maxConnections);
    require(
        maxConnectionsPerAddress == null || maxConnectionsPerAddress > 0,
        "max-connections-per-address",
        "must be at least 1",
        String.valueOf(maxConnectionsPerAddress));
    require(idleTimeout.isPositive(), "idle-timeout", "must be longer than 0", idleTimeout);
    require(
        maxRecordSize.toBytes() >= 1024 && maxRecordSize.toBytes() <= 16 << 20,
        "max-record-size",
        "must be between 1KB and 16MB",
        maxRecordSize);
    boolean datagrams = transport == Transport.UDP;
    require(!datagrams || protocol.isOverUdp(), "protocol", "does not go over UDP", protocol);
    require(
        !datagrams || (tls == TlsUse.OPTIONAL && anonymous),
        "tls and anonymous",
        "are for TCP alone; UDP knows neither TLS nor certificates",
        transport);
    fields = Map.copyOf(fields);
    fields
        .keySet()
        .forEach(
            (field) ->
                require(
                    FIELD.matcher(field).matches() && !field.startsWith("_"),
                    "fields",
                    "must be names without spaces that do not begin with _",
                    field));
  }

  private static void require(boolean right, String property, String rule, Object given) {
    if (!right) {
      throw new IllegalArgumentException(
          "logcaster.listeners[].%s %s, not '%s'".formatted(property, rule, given));
    }
  }

  /** Most connections of one address. */
  int connectionsPerAddress() {
    return (maxConnectionsPerAddress == null)
        ? TcpOptions.usualPerAddress(maxConnections)
        : maxConnectionsPerAddress;
  }

  /** The name of the input. */
  String id() {
    return (name != null) ? name : transport.name().toLowerCase(Locale.ROOT) + "-" + port;
  }
}
