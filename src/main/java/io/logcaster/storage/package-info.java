/**
 * Stores record batches durably and scans them.
 *
 * <ul>
 *   <li>The interface is {@link io.logcaster.storage.LogStorage}. A new engine implements it in a
 *       package of its own and passes {@code LogStorageContract}.
 *   <li>What a scan takes and reports: {@link io.logcaster.storage.ScanRequest}, {@link
 *       io.logcaster.storage.ScanTrace}; what it may skip without reading: {@link
 *       io.logcaster.storage.BlockSummary}.
 *   <li>What a filter asks, for engines with an index: {@link io.logcaster.storage.Criterion}.
 *   <li>Engines: {@code segment} (files of our own), {@code jdbc}, {@code opensearch}, {@link
 *       io.logcaster.storage.InMemoryLogStorage}; {@code wal} is the write-ahead log of {@code
 *       segment}; {@code config} holds the settings and chooses the engine.
 *   <li>Deliveries stored exactly once: {@link io.logcaster.storage.Deliveries}. Retention,
 *       snapshots: {@link io.logcaster.storage.StorageUpkeep}.
 * </ul>
 */
@NullMarked
package io.logcaster.storage;

import org.jspecify.annotations.NullMarked;
