package io.logcaster.query.exec;

import io.logcaster.query.exec.budget.Budget;
import io.logcaster.query.exec.budget.QueryAbortedException;
import io.logcaster.query.exec.budget.ScanCounts;
import io.logcaster.query.exec.frame.BadStateException;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.pipe.Mergeable;
import io.logcaster.query.exec.pipe.Operator;
import io.logcaster.record.Bitmap;
import org.jspecify.annotations.Nullable;

/** Merges the answers of other servers into the operators of a query, after the own records. */
final class Merging implements AutoCloseable {

  private final Peers.@Nullable Answers answers;

  private final Operator entry;

  private final @Nullable Mergeable state;

  private final Budget budget;

  private final ScanCounts counts;

  /**
   * @param answers null where no server is asked
   * @param entry takes the rows
   * @param state takes the states
   */
  Merging(
      Peers.@Nullable Answers answers,
      Operator entry,
      @Nullable Mergeable state,
      Budget budget,
      ScanCounts counts) {
    this.answers = answers;
    this.entry = entry;
    this.state = state;
    this.budget = budget;
    this.counts = counts;
  }

  /** Takes all answers, as worker 0, or until no more rows are wanted. */
  void run() {
    Peers.Answers from = answers;
    boolean wanted = true;
    while (from != null && wanted && !from.isDone()) {
      budget.check();
      Peers.Part part;
      try {
        part = from.next();
      } catch (InterruptedException ex) {
        Thread.currentThread().interrupt();
        throw new QueryAbortedException(QueryAbortedException.CANCELLED, "The query was cancelled");
      }
      wanted = part == null || take(part);
    }
  }

  private boolean take(Peers.Part part) {
    switch (part) {
      case Peers.Part.Rows rows -> {
        Frame frame = rows.frame();
        Operator target = entry;
        return frame.size() == 0
            || budget.step(() -> target.push(frame, Bitmap.all(frame.size()), 0));
      }
      case Peers.Part.State partial -> merge(partial);
      case Peers.Part.Ended ended -> {
        counts.add(ended.counts());
        ended.damage().forEach(counts.trace()::damaged);
      }
      case Peers.Part.Missing missing -> counts.trace().damaged(missing.what());
      case Peers.Part.Failed failed ->
          throw new QueryAbortedException(failed.code(), failed.detail());
    }
    return true;
  }

  private void merge(Peers.Part.State partial) {
    Mergeable target = state;
    if (target == null) {
      throw new BadStateException("A server answered with a state that was not asked for");
    }
    budget.reserve(partial.bytes());
    budget.step(
        () -> {
          target.merge(partial.state());
          return true;
        });
    budget.release(partial.bytes());
  }

  @Override
  public void close() {
    if (answers != null) {
      answers.close();
    }
  }
}
