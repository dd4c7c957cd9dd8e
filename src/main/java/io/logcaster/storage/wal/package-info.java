/**
 * The write-ahead log: what makes a batch durable before it is acknowledged, and brings it back
 * after a crash. {@link io.logcaster.storage.wal.WalFormat} specifies the files.
 */
@NullMarked
package io.logcaster.storage.wal;

import org.jspecify.annotations.NullMarked;
