package io.logcaster.storage;

/**
 * What a storage holds.
 *
 * @param records how many records
 * @param bytes how much they take on disk, or in memory where they are kept there
 * @param freeBytes the free space of the volume; {@link Long#MAX_VALUE} if unknown
 * @param minTime the earliest time in nanoseconds since the epoch; {@link Long#MAX_VALUE} when
 *     empty
 * @param maxTime the latest time in nanoseconds since the epoch; {@link Long#MIN_VALUE} when empty
 * @param readOnly whether appends are refused now because space is short
 */
public record StorageStats(
    long records, long bytes, long freeBytes, long minTime, long maxTime, boolean readOnly) {}
