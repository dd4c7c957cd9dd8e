package io.logcaster.query.exec.pipe;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.RowSink;
import io.logcaster.query.exec.frame.TimeBucket;
import io.logcaster.record.Bitmap;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A running pipe: takes rows as {@link RowSink} says, and pushes what it makes of them into the
 * next operator. An operator serves one query, once.
 *
 * <p>Threads: workers call {@link #push} and {@link #pushCounts} at the same time. What an operator
 * keeps between calls is either kept per worker, in an array indexed by the worker's number, or
 * thread-safe. When all workers are done, one thread calls {@link #finish} once; it sees everything
 * that they wrote.
 *
 * <p>Memory: an operator that keeps values reserves them in the query's {@link
 * io.logcaster.query.exec.budget.Budget Budget} and releases what it drops. Loops that may be long
 * call {@code Budget.check()}. Both may throw {@link
 * io.logcaster.query.exec.budget.QueryAbortedException}, which an operator lets through; after any
 * exception {@code finish} is not called and the operators are dropped, so an operator holds
 * nothing that has to be closed.
 */
public abstract class Operator implements RowSink {

  private final Operator next;

  /** Creates an operator that pushes into another. */
  public Operator(Operator next) {
    this.next = next;
  }

  /** The operator that takes this one's rows. */
  Operator next() {
    return next;
  }

  @Override
  public abstract boolean push(Frame frame, Bitmap rows, int worker);

  /**
   * What rows have to agree in so that they can be pushed as one row with their count.
   *
   * @param fields they have the same values in these fields
   * @param bucket they lie in the same bucket of time; null where their times do not matter
   */
  public record Agreement(Set<String> fields, @Nullable TimeBucket bucket) {}

  /** What rows have to agree in; null where the operator needs each row. */
  public @Nullable Agreement countedBy() {
    return null;
  }

  /**
   * As {@link #push}, for rows that each stand for several rows which agree as {@link #countedBy}
   * asks. Called only where {@code countedBy} is not null.
   *
   * @param counts how many rows each row stands for
   */
  public boolean pushCounts(Frame cells, Bitmap rows, long[] counts, int worker) {
    throw new IllegalStateException("Rows must be pushed one by one");
  }

  /**
   * Pushes what was held back, as worker 0, and finishes the next operator. Called once, after the
   * last {@code push} of all workers, also where one returned false; a live query never finishes.
   *
   * @throws IOException if records that this operator requests could not be read
   */
  public void finish() throws IOException {
    next.finish();
  }
}
