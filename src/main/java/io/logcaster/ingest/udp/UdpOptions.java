package io.logcaster.ingest.udp;

import io.logcaster.ingest.Protocol;
import java.net.InetAddress;

/**
 * How one UDP port is served.
 *
 * @param address where it listens
 * @param port 0 for any free one
 * @param protocol what it takes
 * @param receiveBuffer bytes of datagrams that the system is asked to keep
 * @param maxRecordSize a longer record is cut, in bytes
 */
public record UdpOptions(
    InetAddress address, int port, Protocol protocol, int receiveBuffer, int maxRecordSize) {}
