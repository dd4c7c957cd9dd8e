package io.logcaster.storage;

import org.jspecify.annotations.Nullable;

/**
 * Figures of the object storage.
 *
 * @param place where it is: its endpoint, bucket and prefix
 * @param segments the segments there
 * @param bytes their length
 * @param localBytes what they take on the local disk all the same
 * @param pending the segments that are old enough and still have to go there
 * @param cacheBytes the length of the cache of fetched parts
 * @param hits the chunks found in the cache since the start
 * @param misses the chunks that were not there
 * @param fetchedBytes the bytes fetched since the start
 * @param failure why the last attempt to bring something there failed; null if it did not
 */
public record TierStatus(
    String place,
    int segments,
    long bytes,
    long localBytes,
    int pending,
    long cacheBytes,
    long hits,
    long misses,
    long fetchedBytes,
    @Nullable String failure) {}
