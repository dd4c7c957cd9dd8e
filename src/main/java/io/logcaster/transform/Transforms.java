package io.logcaster.transform;

import io.logcaster.record.Cardinality;
import io.logcaster.record.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The transforms in use. They can be replaced while records flow: each batch sees either the old or
 * the new ones. All other methods are called by the pipeline's thread only.
 */
@SuppressWarnings("ReferenceEquality") // chains are compared by identity
public final class Transforms {

  private volatile TransformChain latest;
  private TransformChain running;
  private TakenListener listener = TakenListener.NOBODY;

  Transforms(TransformChain chain) {
    latest = chain;
    running = chain;
  }

  /** No transforms. */
  public static Transforms none() {
    return new Transforms(
        new TransformChain(
            List.of(),
            new Finish(List.of(), Cardinality.unlimited(), () -> 0),
            TransformChain.NOBODY));
  }

  /** Who sees the records that the transforms take out. To be called before the first batch. */
  public void watchedBy(TakenListener watcher) {
    listener = watcher;
    running.watchedBy(watcher);
  }

  /** Uses other transforms from the next batch on. May be called by any thread. */
  void replace(TransformChain chain) {
    latest = chain;
  }

  /** Whether batches pass unchanged and none is held back. */
  public boolean isIdle() {
    return running == latest && running.isEmpty();
  }

  /**
   * Applies the transforms to a batch.
   *
   * @param receipt what the batch's sender waits for
   * @param carries whether records may wait for lines in later batches: their sender goes on
   *     without an answer
   * @return what was released of earlier batches, and at last the rest of this batch, perhaps empty
   */
  public List<Portion> apply(RecordBatch batch, Receipt receipt, boolean carries) {
    List<Portion> portions = new ArrayList<>(release());
    portions.addAll(running.run(new Work(batch, Set.of(receipt), null, carries)));
    return portions;
  }

  private List<Portion> release() {
    long now = System.nanoTime();
    TransformChain next = latest;
    if (next != running) {
      List<Portion> rest = running.expire(now, true);
      running = next;
      running.watchedBy(listener);
      return rest;
    }
    return (running.due() <= now) ? running.expire(now, false) : List.of();
  }

  /** How long the pipeline may wait for the next batch before it calls {@link #expire}. */
  public long nanosUntilDue() {
    long due = running.due();
    return (due == Long.MAX_VALUE) ? due : Math.max(0, due - System.nanoTime());
  }

  /**
   * Releases records that were held back for long enough.
   *
   * @param all whether also those that could wait longer
   */
  public List<Portion> expire(boolean all) {
    return all ? running.expire(System.nanoTime(), true) : release();
  }
}
