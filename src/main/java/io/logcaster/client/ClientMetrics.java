package io.logcaster.client;

import org.jspecify.annotations.Nullable;

/**
 * Counters of the records of a client. At every moment {@code acknowledged + dropped + queued} is
 * what was logged, together with what a spool held at the start.
 *
 * @param queued records that are not yet acknowledged
 * @param queuedBytes their size as they are sent
 * @param sent records written to a server, those written again included
 * @param acknowledged records that a server has stored durably
 * @param retried records written again because a connection ended before their acknowledgement
 * @param dropped records given up: no room, or left over at the end without a spool
 * @param connected whether there is a connection
 * @param lastError what went wrong last, null for nothing yet
 */
public record ClientMetrics(
    long queued,
    long queuedBytes,
    long sent,
    long acknowledged,
    long retried,
    long dropped,
    boolean connected,
    @Nullable String lastError) {}
