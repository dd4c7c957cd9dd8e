package io.logcaster.storage;

import io.logcaster.record.RecordBatch;

/**
 * Row counts of a block by the values of some fields.
 *
 * @param cells a row for each combination of values that occurs; a combination may have several
 *     rows. The time is any time within the block, and fields that were not requested are undefined
 * @param rows for each cell, the number of rows of the block that it represents
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record BlockCounts(RecordBatch cells, long[] rows) {}
