package io.logcaster.storage.segment;

/**
 * Decoded values, one behind the other.
 *
 * @param bytes holds them
 * @param ends where each ends
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
record Texts(byte[] bytes, int[] ends) {}
