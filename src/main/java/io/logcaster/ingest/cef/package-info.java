/** Security events in CEF and LEEF, inside of syslog and in plain lines. */
@NullMarked
package io.logcaster.ingest.cef;

import org.jspecify.annotations.NullMarked;
