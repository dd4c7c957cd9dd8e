/** Records in datagrams: syslog, JSON, GELF and plain text on one UDP port. */
@NullMarked
package io.logcaster.ingest.udp;

import org.jspecify.annotations.NullMarked;
