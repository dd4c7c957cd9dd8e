package io.logcaster.storage.segment.bytes;

/**
 * Decoded values, one behind the other.
 *
 * @param bytes holds them
 * @param ends where each ends
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record PackedStrings(byte[] bytes, int[] ends) {}
