package io.logcaster.query.exec;

import io.logcaster.query.ast.FieldNeeds;
import io.logcaster.query.exec.budget.Budget;
import io.logcaster.query.exec.budget.ScanCounts;
import io.logcaster.query.exec.filter.Criteria;
import io.logcaster.query.exec.filter.RowMatcher;
import io.logcaster.query.exec.frame.RecordView;
import io.logcaster.query.exec.pipe.SortOperator;
import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.BlockSummary;
import io.logcaster.storage.Criterion;
import io.logcaster.storage.RowFilter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The filter of a scan, which also rejects blocks that a sort no longer needs. */
final class Pruning implements RowFilter {

  private final RecordView view;

  private final Budget budget;

  private final ScanCounts counts;

  private final StoredFilter stored;

  private final RowMatcher matcher;

  private final @Nullable SortOperator sort;

  Pruning(
      RecordView view,
      StoredFilter stored,
      @Nullable SortOperator sort,
      Budget budget,
      ScanCounts counts) {
    this.budget = budget;
    this.counts = counts;
    this.view = view;
    this.stored = stored;
    this.matcher = stored.matcher();
    this.sort = sort;
  }

  @Override
  public void retain(RecordBatch batch, Bitmap rows) {
    counts.tested(rows.cardinality());
    if (sort != null) {
      sort.narrow(batch, rows);
    }
    if (!rows.isEmpty()) {
      budget.step(
          () -> {
            matcher.retain(view.selected(batch), rows);
            return true;
          });
    }
  }

  @Override
  public boolean mayMatch(BlockSummary block) {
    boolean wanted = sort == null || sort.mayMatch(block);
    boolean matching = wanted && matcher.mayMatch(view.summary(block));
    counts.block(block.groupSize(), wanted, matching);
    return matching;
  }

  @Override
  public Criterion criterion() {
    return view.isPlain() ? Criteria.of(stored.tree(), stored.now()) : Criterion.UNKNOWN;
  }

  @Override
  public @Nullable Set<String> fields() {
    FieldNeeds needs = FieldNeeds.of(stored.tree());
    return (needs.everything() || !view.isPlain()) ? null : needs.fields();
  }
}
