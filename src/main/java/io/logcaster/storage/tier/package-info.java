/**
 * Segments in object storage. Start reading at {@link io.logcaster.storage.tier.Tier}. {@code
 * TierCatalog} says which segments are there, {@code TierOwner} whose they are, {@code ChunkCache}
 * keeps on disk what was fetched of them. Which segments go there and when is decided in {@code
 * storage.segment}.
 */
@NullMarked
package io.logcaster.storage.tier;

import org.jspecify.annotations.NullMarked;
