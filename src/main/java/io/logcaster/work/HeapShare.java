package io.logcaster.work;

/**
 * Divides the heap among those who hold data in it: each constant is a holder, and its percentage
 * of what the server itself leaves free. Those that fill up together while records arrive and
 * queries run, {@link When#TOGETHER}, are at most 100 % and fit at once into any heap from 96 MB
 * up. A merge takes the place of ingest, because it mostly waits until no records arrive. The
 * others are rare: while one of them is full, another holder's part has to be free.
 */
public enum HeapShare {
  /** Records being decoded: open batches and requests. */
  DECODED(20, When.TOGETHER),

  /** Incomplete messages that are longer than a usual read. */
  MESSAGES(8, When.TOGETHER),

  /**
   * Records waiting for the disk. The buffer is full whenever senders are faster than the disk, and
   * the garbage collector copies what waits in it: a fifth of all processor time with a buffer of
   * 64 MB in a heap of 256 MB. This still holds a few batches for each stage.
   */
  WAITING(3, When.TOGETHER),

  /** Active and sealed segments: three of {@link #SEGMENT}. */
  SEGMENTS(18, When.TOGETHER),

  /** Decoded blocks that queries read again. */
  BLOCK_CACHE(12, When.TOGETHER),

  /** What queries together may hold. */
  QUERIES(22, When.TOGETHER),

  /** The blocks that the workers of queries decode, besides what queries hold. */
  QUERY_WORKERS(8, When.TOGETHER),

  /** Encoders of blocks; in a small heap a flush and a merge take turns. */
  ENCODERS(9, When.TOGETHER),

  /** One segment before it is written, a part of {@link #SEGMENTS}. */
  SEGMENT(6, When.PART),

  /** A merge, which mostly waits until no records arrive. */
  MERGE(25, When.QUIET),

  /** A merge that cannot wait, because segments are many. */
  BUSY_MERGE(16, When.RARE),

  /** What slow live readers have not read yet. */
  TAILS(8, When.RARE),

  /** The values of an alert rule that is tried on the past. */
  TRIAL(8, When.RARE);

  /** When a holder needs its share. */
  enum When {
    /** While records arrive and queries run. */
    TOGETHER,
    /** While no records arrive: instead of ingest. */
    QUIET,
    /** In unusual moments. */
    RARE,
    /** Within another share. */
    PART
  }

  /** What an idle server holds: beans, strings, the control database, pooled encoders. */
  private static final long BASE = 44L << 20;

  final int percent;

  final When when;

  HeapShare(int percent, When when) {
    this.percent = percent;
    this.when = when;
  }

  /** Returns this share of this process's heap in bytes. */
  public long bytes() {
    return bytes(Runtime.getRuntime().maxMemory());
  }

  /**
   * Returns this share of a heap in bytes.
   *
   * @param heap the maximum size of the heap in bytes
   */
  long bytes(long heap) {
    return Math.max(heap / 4, heap - BASE) * percent / 100;
  }
}
