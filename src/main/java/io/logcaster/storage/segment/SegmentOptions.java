package io.logcaster.storage.segment;

import io.logcaster.storage.wal.Durability;
import io.logcaster.work.HeapShare;
import java.time.Duration;

/**
 * The engine's settings.
 *
 * @param durability when a batch counts as stored
 * @param flushBytes the memory in bytes at which the active segment is sealed and written to disk
 * @param flushAge the age of its oldest batch at which it is sealed, too
 * @param minFreeBytes with fewer free bytes on the volume, the storage refuses appends
 * @param mergeFan the number of segments of one level and partition that are merged into one
 * @param cacheBytes the size of the cache of decoded data in bytes
 */
public record SegmentOptions(
    Durability durability,
    long flushBytes,
    Duration flushAge,
    long minFreeBytes,
    int mergeFan,
    long cacheBytes) {

  /**
   * Large enough that a segment holds some hundred thousand records and its blocks compress well;
   * more gains nothing.
   */
  private static final long FLUSH_BYTES = 32L << 20;

  /** Smaller ones would create segments faster than merging can remove them. */
  private static final long LEAST_FLUSH_BYTES = 3L << 20;

  /**
   * Limits the write-ahead log of a quiet server, and so the time of a restart. A shorter time
   * would leave more small segments to merge.
   */
  private static final Duration FLUSH_AGE = Duration.ofSeconds(60);

  /**
   * Merging rewrites each record once per level; with eight, that is three times for tens of
   * millions of records.
   */
  private static final int MERGE_FAN = 8;

  /** Enough for the codes and templates of ten to twenty million records. */
  private static final long CACHE_BYTES = 64L << 20;

  /** The settings for production. */
  public static SegmentOptions defaults() {
    long flushBytes = Math.clamp(HeapShare.SEGMENT.bytes(), LEAST_FLUSH_BYTES, FLUSH_BYTES);
    long cacheBytes = Math.min(HeapShare.BLOCK_CACHE.bytes(), CACHE_BYTES);
    return new SegmentOptions(Durability.SYNC, flushBytes, FLUSH_AGE, 0, MERGE_FAN, cacheBytes);
  }

  public SegmentOptions withDurability(Durability durability) {
    return new SegmentOptions(durability, flushBytes, flushAge, minFreeBytes, mergeFan, cacheBytes);
  }

  public SegmentOptions withFlush(long bytes, Duration age) {
    return new SegmentOptions(durability, bytes, age, minFreeBytes, mergeFan, cacheBytes);
  }

  public SegmentOptions withMinFreeBytes(long bytes) {
    return new SegmentOptions(durability, flushBytes, flushAge, bytes, mergeFan, cacheBytes);
  }

  public SegmentOptions withMergeFan(int fan) {
    return new SegmentOptions(durability, flushBytes, flushAge, minFreeBytes, fan, cacheBytes);
  }

  /** The same with a cache of at most some bytes; its share of the heap limits it, too. */
  public SegmentOptions withCacheWithin(long bytes) {
    return withCacheBytes(Math.min(bytes, HeapShare.BLOCK_CACHE.bytes()));
  }

  public SegmentOptions withCacheBytes(long bytes) {
    return new SegmentOptions(durability, flushBytes, flushAge, minFreeBytes, mergeFan, bytes);
  }
}
