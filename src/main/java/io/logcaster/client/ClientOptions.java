package io.logcaster.client;

import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a client was told.
 *
 * @param clientId under which the server remembers the last sequence
 * @param firstSequence of the first batch
 * @param tls null for plain connections
 * @param batchBytes at which a batch is complete
 * @param linger after which a batch is sent though it is not complete
 * @param queueBytes in memory, of batches that are not acknowledged
 * @param window batches on the way at once
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
