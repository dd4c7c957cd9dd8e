package io.logcaster.work;

/**
 * Divides the heap among those who hold data in it, so that all of them fit at once into any heap
 * from 96 MB up. What each may hold is a percentage of what the server itself leaves free:
 *
 * <table>
 * <caption>Shares</caption>
 * <tr><td>records being decoded</td><td>20</td></tr>
 * <tr><td>incomplete messages</td><td>8</td></tr>
 * <tr><td>records waiting for the disk</td><td>3</td></tr>
 * <tr><td>active and sealed segments, three of 6 each</td><td>18</td></tr>
 * <tr><td>decoded blocks that queries read again</td><td>12</td></tr>
 * <tr><td>queries</td><td>22</td></tr>
 * <tr><td>a merge, which mostly waits until ingest is quiet</td><td>25</td></tr>
 * </table>
 */
public final class HeapShare {

  /** What an idle server holds: beans, strings, the control database, pooled encoders. */
  private static final long BASE = 44L << 20;

  private HeapShare() {}

  /** Returns a share of this process's heap in bytes. */
  public static long of(int percent) {
    return of(Runtime.getRuntime().maxMemory(), percent);
  }

  /**
   * Returns a share of a heap in bytes.
   *
   * @param heap the maximum size of the heap in bytes
   */
  public static long of(long heap, int percent) {
    return Math.max(heap / 4, heap - BASE) * percent / 100;
  }
}
