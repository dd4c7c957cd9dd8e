/**
 * Reads syslog messages: RFC 5424, RFC 3164 and their dialects. Add a new dialect of the header to
 * {@code BsdHeader}, {@code CiscoHeader} or {@code Rfc5424Header}, and a message without a header,
 * as firewalls send it, to {@code FirewallText}.
 */
@NullMarked
package io.logcaster.ingest.syslog;

import org.jspecify.annotations.NullMarked;
