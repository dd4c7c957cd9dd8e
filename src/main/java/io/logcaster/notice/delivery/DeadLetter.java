package io.logcaster.notice.delivery;

import java.time.Instant;

/**
 * A notice that could not be delivered.
 *
 * @param channel the channel's id
 * @param notice the notice's id
 * @param title what it says, in one line
 * @param error why the last attempt failed
 * @param created when it was written
 */
public record DeadLetter(
    long id,
    String channel,
    String notice,
    String title,
    int attempts,
    String error,
    Instant created) {}
