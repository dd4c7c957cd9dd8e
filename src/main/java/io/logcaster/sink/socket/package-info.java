/** Connections of sinks that speak over TCP, plain or with TLS. */
@NullMarked
package io.logcaster.sink.socket;

import org.jspecify.annotations.NullMarked;
