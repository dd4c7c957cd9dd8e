package io.logcaster.storage.segment.bytes;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;

/**
 * Collects the body of one column in three areas. Descriptions and text are compressed; packed
 * bits, which do not shrink, are not. {@code SegmentFormat} specifies the layout. Reusable, not
 * thread-safe.
 */
public final class BodyWriter implements AutoCloseable {

  /** The zstd level. RATIONALE.md compares levels -1 to 3 on the segments of the benchmark. */
  private static final int LEVEL = 1;

  /**
   * The level for descriptions of segments that stay. It makes them an eighth smaller; in a flush
   * it would cost a seventh of the time.
   */
  private static final int THOROUGH_LEVEL = 6;

  /** Below this size, compression saves less than the zstd frame costs. */
  private static final int MIN_COMPRESSED = 48;

  /** Counts, shapes, dictionaries. */
  public final ByteSink meta = new ByteSink(1 << 12);

  /** Bytes that compress well: text, codes, high bits of numbers. */
  public final ByteSink soft = new ByteSink(1 << 16);

  /** Packed bits. */
  public final ByteSink hard = new ByteSink(1 << 16);

  private final ByteSink metaStored = new ByteSink(1 << 10);

  private final ByteSink softStored = new ByteSink(1 << 16);

  private final ZstdCompressCtx zstd = new ZstdCompressCtx();

  private int metaLevel = LEVEL;

  public BodyWriter() {
    zstd.setContentSize(true).setChecksum(false).setDictID(false);
  }

  /** Sets whether descriptions are compressed thoroughly: true for segments that stay. */
  public void thorough(boolean stays) {
    metaLevel = stays ? THOROUGH_LEVEL : LEVEL;
  }

  public void clear() {
    meta.clear();
    soft.clear();
    hard.clear();
  }

  /** Appends the body to a target and returns its length. */
  public int writeTo(ByteSink target) {
    int start = target.length();
    ByteSink metaOut = shrink(meta, metaStored, metaLevel);
    ByteSink softOut = shrink(soft, softStored, LEVEL);
    target.putVarint(meta.length());
    target.putVarint(metaOut.length());
    target.putVarint(soft.length());
    target.putVarint(softOut.length());
    target.putVarint(hard.length());
    target.put(metaOut.array(), 0, metaOut.length());
    target.put(softOut.array(), 0, softOut.length());
    target.put(hard.array(), 0, hard.length());
    return target.length() - start;
  }

  private ByteSink shrink(ByteSink area, ByteSink stored, int level) {
    if (area.length() < MIN_COMPRESSED) {
      return area;
    }
    int bound = (int) Zstd.compressBound(area.length());
    stored.clear();
    stored.reserve(bound);
    zstd.setLevel(level);
    int length = zstd.compressByteArray(stored.array(), 0, bound, area.array(), 0, area.length());
    stored.length(length);
    return (length < area.length()) ? stored : area;
  }

  @Override
  public void close() {
    zstd.close();
  }
}
