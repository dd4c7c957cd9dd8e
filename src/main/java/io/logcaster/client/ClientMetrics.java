package io.logcaster.client;

import org.jspecify.annotations.Nullable;

/**
 * Counters of the records of a client. At any time, {@code acknowledged + dropped + queued} is the
 * number of records logged, plus those that a spool held at the start.
 *
 * @param queued records that are not yet acknowledged
 * @param queuedBytes the size of the queued records as they are sent
 * @param sent records written to a server, including retries
 * @param acknowledged records that a server has confirmed as stored durably
 * @param retried records written again because a connection ended before their acknowledgement
 * @param dropped records dropped because there was no room, or because they were left at the end
 *     without a spool
 * @param connected whether there is a connection
 * @param lastError the last error; null if there was none
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
