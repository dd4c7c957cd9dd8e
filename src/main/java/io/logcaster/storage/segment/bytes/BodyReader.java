package io.logcaster.storage.segment.bytes;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;

/** Reads the three areas of a column's body; see {@link BodyWriter}. */
public final class BodyReader {

  /**
   * The maximum length of an area. Writers cut blocks at a few megabytes of text, and one record
   * adds at most its own size. This limits how much memory a wrong length can make a reader
   * allocate.
   */
  public static final int MAX_AREA = 1 << 29;

  /**
   * The number of readable bytes required after the hard area, so that bits can be read as longs.
   */
  public static final int PADDING = 8;

  /** Pooled, because creating a context takes longer than decompressing a small area. */
  private static final Pool<ZstdDecompressCtx> CONTEXTS =
      new Pool<>(
          ZstdDecompressCtx::new,
          ZstdDecompressCtx::close,
          2 * Runtime.getRuntime().availableProcessors());

  public final ByteSource meta;

  public final ByteSource soft;

  public final ByteSource hard;

  /**
   * Splits a body into its areas.
   *
   * @param body the body, its checksum already verified, followed by {@link #PADDING} bytes
   * @param length the length of the body without the padding
   */
  public BodyReader(byte[] body, int length) throws MalformedException {
    ByteSource source = new ByteSource(body, 0, length);
    int metaLength = source.getCount(MAX_AREA);
    int metaStored = source.getCount(metaLength);
    int softLength = source.getCount(MAX_AREA);
    int softStored = source.getCount(softLength);
    int hardLength = source.getCount(MAX_AREA);
    meta = area(source, metaLength, metaStored);
    soft = area(source, softLength, softStored);
    int from = source.take(hardLength);
    hard = new ByteSource(body, from, from + hardLength);
    if (source.remaining() != 0) {
      throw new MalformedException(source.remaining() + " bytes after the end of the column");
    }
  }

  private static ByteSource area(ByteSource source, int length, int stored)
      throws MalformedException {
    int from = source.take(stored);
    if (stored == length) {
      return new ByteSource(source.array(), from, from + stored);
    }
    if (Zstd.getFrameContentSize(source.array(), from, stored) != length) {
      throw new MalformedException("compressed area does not hold " + length + " bytes");
    }
    byte[] area = new byte[length];
    ZstdDecompressCtx context = CONTEXTS.take();
    try {
      long got = context.decompressByteArray(area, 0, length, source.array(), from, stored);
      if (got != length) {
        throw new MalformedException(
            "compressed area holds " + got + " bytes instead of " + length);
      }
    } catch (ZstdException ex) {
      throw new MalformedException("cannot decompress area: " + ex.getMessage());
    } finally {
      CONTEXTS.give(context);
    }
    return new ByteSource(area, 0, length);
  }
}
