package io.logcaster.notice.delivery;

import io.logcaster.notice.channel.Notice;
import java.time.Instant;

/**
 * A notice on its way to a channel.
 *
 * @param attempts how often it was tried
 * @param due when it is tried next
 */
record Letter(long id, String channel, Notice notice, int attempts, Instant due) {}
