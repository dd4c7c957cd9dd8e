package io.logcaster.storage.segment.bytes;

/**
 * Decoded values, back to back.
 *
 * @param bytes the bytes of all values
 * @param ends the index after the last byte of each value
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record PackedStrings(byte[] bytes, int[] ends) {}
