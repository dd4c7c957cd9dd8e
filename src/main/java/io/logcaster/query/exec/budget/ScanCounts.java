package io.logcaster.query.exec.budget;

import io.logcaster.storage.ScanTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts what scans read and skip: blocks pruned, rows tested, rows found. Thread-safe. */
public final class ScanCounts {

  private final LongAdder read = new LongAdder();

  private final LongAdder pruned = new LongAdder();

  private final LongAdder notWanted = new LongAdder();

  private final LongAdder rows = new LongAdder();

  private final LongAdder tested = new LongAdder();

  private final ScanTrace trace = new ScanTrace();

  /** All counts as numbers in a fixed order, for {@link #add} on another server. */
  public List<Long> numbers() {
    List<Long> numbers =
        new ArrayList<>(
            List.of(read.sum(), pruned.sum(), notWanted.sum(), rows.sum(), tested.sum()));
    for (ScanTrace.Count count : ScanTrace.Count.values()) {
      numbers.add(trace.get(count));
    }
    return numbers;
  }

  /** Adds what {@link #numbers} gave; numbers of counts that are not known here are left out. */
  public void add(List<Long> numbers) {
    List<LongAdder> own = List.of(read, pruned, notWanted, rows, tested);
    ScanTrace.Count[] counts = ScanTrace.Count.values();
    for (int i = 0; i < Math.min(numbers.size(), own.size() + counts.length); i++) {
      if (i < own.size()) {
        own.get(i).add(numbers.get(i));
      } else {
        trace.add(counts[i - own.size()], numbers.get(i));
      }
    }
  }

  /** What the storage counted. */
  public ScanTrace trace() {
    return trace;
  }

  /**
   * Counts a block, or all blocks of a group that is ruled out. The blocks of any other group are
   * counted one by one.
   *
   * @param groupSize the number of blocks of a group; 0 for a single block
   * @param wanted whether no sort has better rows already
   * @param matching whether its summary allows a match, so that it is read
   */
  public void block(int groupSize, boolean wanted, boolean matching) {
    if (groupSize == 0 || !matching) {
      (!wanted ? notWanted : matching ? read : pruned).add(Math.max(1, groupSize));
    }
  }

  /** Blocks that were skipped because a sort has better rows already. */
  public long blocksNotWanted() {
    return notWanted.sum();
  }

  /** Counts rows that passed the filter. */
  public void rows(long found) {
    rows.add(found);
  }

  /** Blocks that were read because they may have had matching rows. */
  public long blocksRead() {
    return read.sum();
  }

  /** Blocks that were skipped because their summaries rule out a match. */
  public long blocksPruned() {
    return pruned.sum();
  }

  /** Counts rows that the filter looked at. */
  public void tested(long count) {
    tested.add(count);
  }

  /** Rows that the filter looked at. */
  public long rowsTested() {
    return tested.sum();
  }

  /** Rows that passed the filter. */
  public long rowsFound() {
    return rows.sum();
  }
}
