/**
 * The write-ahead log: makes a batch durable before it is acknowledged, and restores it after a
 * crash.
 *
 * <ul>
 *   <li>What is in a {@code .wal} file? {@link io.logcaster.storage.wal.WalFormat} is the
 *       specification.
 *   <li>How is a batch turned into bytes? {@code BatchCodec} and {@code BatchReader}.
 *   <li>Group commit, when a future completes: {@link io.logcaster.storage.wal.WriteAheadLog}.
 *   <li>Start after a crash, torn tails: {@link io.logcaster.storage.wal.WalRecovery}.
 * </ul>
 */
@NullMarked
package io.logcaster.storage.wal;

import org.jspecify.annotations.NullMarked;
