package io.logcaster.query.exec.pipe;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.RowSink;
import io.logcaster.query.exec.frame.TimeBucket;
import io.logcaster.record.Bitmap;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pipe at work. Rows are pushed into it, by several workers at once but never by two as the same
 * worker; it pushes what it makes of them into the next one. After the last rows it is finished, by
 * one thread.
 */
public abstract class Operator implements RowSink {

  private final Operator next;

  /** Makes an operator before another. */
  public Operator(Operator next) {
    this.next = next;
  }

  Operator next() {
    return next;
  }

  @Override
  public abstract boolean push(Frame frame, Bitmap rows, int worker);

  /**
   * What rows may agree in to be pushed as one with their number.
   *
   * @param fields they have the same values in these
   * @param bucket they lie in the same bucket of time; null where their times do not matter
   */
  public record Agreement(Set<String> fields, @Nullable TimeBucket bucket) {}

  /** What rows have to agree in; null where the operator needs each row. */
  public @Nullable Agreement countedBy() {
    return null;
  }

  /**
   * As {@link #push}, of an operator that can be {@link #countedBy}.
   *
   * @param counts how many rows each row stands for
   */
  public boolean pushCounts(Frame cells, Bitmap rows, long[] counts, int worker) {
    throw new IllegalStateException("Rows must be pushed one by one");
  }

  /** Pushes on what was held back, because no more rows come. */
  public void finish() throws IOException {
    next.finish();
  }
}
