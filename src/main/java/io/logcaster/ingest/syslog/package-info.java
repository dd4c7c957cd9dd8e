/**
 * Reads syslog messages: RFC 5424, RFC 3164 and their dialects. A new dialect of the head goes into
 * {@code BsdHead}, {@code CiscoHead} or {@code Rfc5424Head}; a message without a head, as firewalls
 * send it, into {@code FirewallText}.
 */
@NullMarked
package io.logcaster.ingest.syslog;

import org.jspecify.annotations.NullMarked;
