/**
 * Receives datagrams: syslog, JSON, GELF and plain text on one UDP port. {@code DatagramReceiver}
 * empties the socket; {@link io.logcaster.ingest.udp.UdpInput} decodes and decides what a datagram
 * may contain.
 */
@NullMarked
package io.logcaster.ingest.udp;

import org.jspecify.annotations.NullMarked;
