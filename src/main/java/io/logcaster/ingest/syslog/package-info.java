/** Reads syslog messages, RFC 5424 and RFC 3164 with its dialects. */
@NullMarked
package io.logcaster.ingest.syslog;

import org.jspecify.annotations.NullMarked;
