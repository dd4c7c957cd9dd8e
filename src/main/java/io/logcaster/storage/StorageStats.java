package io.logcaster.storage;

/**
 * Figures of a storage.
 *
 * @param records the number of records
 * @param bytes their size on disk, or in memory if they are kept there
 * @param freeBytes the free space of the volume; {@link Long#MAX_VALUE} if unknown
 * @param minTime the earliest time in nanoseconds since the epoch; {@link Long#MAX_VALUE} when
 *     empty
 * @param maxTime the latest time in nanoseconds since the epoch; {@link Long#MIN_VALUE} when empty
 * @param readOnly whether appends are refused at present for lack of space
 */
public record StorageStats(
    long records, long bytes, long freeBytes, long minTime, long maxTime, boolean readOnly) {}
