package io.logcaster.storage.segment.file;

/**
 * A summary of a segment file.
 *
 * @param records the number of records
 * @param bytes the length of the file in bytes
 * @param minTime the earliest time in nanoseconds since the epoch; {@link Long#MAX_VALUE} if empty
 * @param maxTime the latest time in nanoseconds since the epoch; {@link Long#MIN_VALUE} if empty
 * @param blocks the number of blocks
 */
public record SegmentInfo(long records, long bytes, long minTime, long maxTime, int blocks) {}
