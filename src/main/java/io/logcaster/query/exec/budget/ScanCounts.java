package io.logcaster.query.exec.budget;

import io.logcaster.storage.ScanTrace;
import java.util.concurrent.atomic.LongAdder;

/** Counts what scans met: how many blocks were turned down unread, how many rows were found. */
public final class ScanCounts {

  private final LongAdder read = new LongAdder();

  private final LongAdder pruned = new LongAdder();

  private final LongAdder rows = new LongAdder();

  private final LongAdder tested = new LongAdder();

  private final ScanTrace trace = new ScanTrace();

  /** What the storage counted. */
  public ScanTrace trace() {
    return trace;
  }

  /** Blocks that held no newer rows than were found already. */
  private final LongAdder notWanted = new LongAdder();

  public void block(boolean wanted, boolean matching) {
    (!wanted ? notWanted : matching ? read : pruned).increment();
  }

  /** Blocks that were turned down because rows of others come first in the order asked for. */
  public long blocksNotWanted() {
    return notWanted.sum();
  }

  public void rows(long found) {
    rows.add(found);
  }

  /** Blocks that may have had matching rows. */
  public long blocksRead() {
    return read.sum();
  }

  /** Blocks that were turned down by what is known without reading them. */
  public long blocksPruned() {
    return pruned.sum();
  }

  public void tested(long count) {
    tested.add(count);
  }

  /** Rows that were put before the filter. */
  public long rowsTested() {
    return tested.sum();
  }

  /** Rows that passed the filter. */
  public long rowsFound() {
    return rows.sum();
  }
}
