package io.logcaster.record;

/**
 * A batch as the write-ahead log and the messages between nodes contain it, so that a batch that
 * arrived in this form is not encoded and compressed again. See {@code BatchCodec}.
 *
 * @param bytes the compressed batch, which now belongs to this object
 * @param rawLength its length before compression
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record PackedBatch(byte[] bytes, int rawLength) {}
