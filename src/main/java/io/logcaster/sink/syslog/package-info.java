/** The sink that sends syslog messages of RFC 5424. */
@NullMarked
package io.logcaster.sink.syslog;

import org.jspecify.annotations.NullMarked;
