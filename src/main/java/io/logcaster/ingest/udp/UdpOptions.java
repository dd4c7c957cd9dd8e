package io.logcaster.ingest.udp;

import io.logcaster.ingest.Protocol;
import java.net.InetAddress;

/**
 * The settings of one UDP port.
 *
 * @param address the address to listen on
 * @param port the port to listen on; 0 for any free one
 * @param protocol the protocol it accepts
 * @param receiveBuffer the size of the socket's receive buffer to request, in bytes
 * @param maxRecordSize longer records are truncated, in bytes
 */
public record UdpOptions(
    InetAddress address, int port, Protocol protocol, int receiveBuffer, int maxRecordSize) {}
