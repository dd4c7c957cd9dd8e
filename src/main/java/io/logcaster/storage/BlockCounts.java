package io.logcaster.storage;

import io.logcaster.record.RecordBatch;

/**
 * How many rows of a block have which values in some fields.
 *
 * @param cells a row for each combination of values that occurs, maybe several for the same; its
 *     time is some time of the block, and other fields than those asked for mean nothing
 * @param rows for each of them how many rows of the block it stands for
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record BlockCounts(RecordBatch cells, long[] rows) {}
