package io.logcaster.storage.segment.file;

/**
 * What a segment file holds.
 *
 * @param records how many records
 * @param bytes the length of the file
 * @param minTime the earliest time in nanoseconds since the epoch; {@link Long#MAX_VALUE} when
 *     empty
 * @param maxTime the latest time; {@link Long#MIN_VALUE} when empty
 * @param blocks how many blocks
 */
public record SegmentInfo(long records, long bytes, long minTime, long maxTime, int blocks) {}
