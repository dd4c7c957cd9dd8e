/**
 * Records in datagrams: syslog, JSON, GELF and plain text on one UDP port. {@code DatagramReceiver}
 * empties the socket, {@link io.logcaster.ingest.udp.UdpInput} decodes; what a datagram may hold is
 * decided there.
 */
@NullMarked
package io.logcaster.ingest.udp;

import org.jspecify.annotations.NullMarked;
