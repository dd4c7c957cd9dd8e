/**
 * Keeps record batches durably and scans them: the {@link io.logcaster.storage.LogStorage} seam,
 * what passes through it, and the store in memory. The engines that keep records on disk have rooms
 * of their own.
 */
@NullMarked
package io.logcaster.storage;

import org.jspecify.annotations.NullMarked;
