package io.logcaster.client;

import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a client.
 *
 * @param clientId under which the server remembers the last sequence
 * @param firstSequence of the first batch
 * @param tls null for plain connections
 * @param batchBytes size at which a batch is complete
 * @param linger after which an incomplete batch is sent
 * @param queueBytes the most memory for unacknowledged batches
 * @param window the most batches that are sent and not yet acknowledged
 * @param recordsPerSecond 0 for no limit
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
