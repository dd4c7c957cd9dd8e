/**
 * Opens the ports: the TCP and the UDP port, and any more that settings name. A new setting of a
 * port goes into {@code ListenerProperties}; a new transport is registered in {@code
 * ListenersRegistrar}.
 */
@NullMarked
package io.logcaster.ingest.listen;

import org.jspecify.annotations.NullMarked;
