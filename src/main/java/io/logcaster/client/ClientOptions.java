package io.logcaster.client;

import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a client.
 *
 * @param clientId the name under which the server remembers the last sequence
 * @param firstSequence the sequence of the first batch
 * @param tls null for plain connections
 * @param batchBytes the size at which a batch is complete
 * @param linger the time after which an incomplete batch is sent
 * @param queueBytes the maximum memory for unacknowledged batches
 * @param window the maximum number of batches in flight
 * @param recordsPerSecond the rate limit; 0 for none
 */
record ClientOptions(
    List<ServerAddress> servers,
    String clientId,
    long firstSequence,
    @Nullable String token,
    @Nullable SSLContext tls,
    int batchBytes,
    Duration linger,
    long queueBytes,
    Overflow overflow,
    int window,
    Duration firstRetry,
    Duration maxRetry,
    Duration connectTimeout,
    Duration ackTimeout,
    long spoolBytes,
    int recordsPerSecond,
    ClientListener listener) {}
