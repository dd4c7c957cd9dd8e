package io.logcaster.pipeline.filter;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.RowFilter;
import java.util.List;

/** Combinations of filters. */
final class CompositeFilter {

  private CompositeFilter() {}

  /** Selects what all of the filters select; without filters, everything. */
  static RowFilter all(List<RowFilter> filters) {
    return switch (filters.size()) {
      case 0 -> RowFilter.ALL;
      case 1 -> filters.getFirst();
      default -> new All(List.copyOf(filters));
    };
  }

  /** Selects what the filter does not select. */
  static RowFilter not(RowFilter filter) {
    return new Not(filter);
  }

  private record All(List<RowFilter> filters) implements RowFilter {

    @Override
    public void retain(RecordBatch batch, Bitmap rows) {
      for (RowFilter filter : filters) {
        if (rows.isEmpty()) {
          return;
        }
        filter.retain(batch, rows);
      }
    }
  }

  private record Not(RowFilter filter) implements RowFilter {

    @Override
    public void retain(RecordBatch batch, Bitmap rows) {
      Bitmap selected = rows.copy();
      filter.retain(batch, selected);
      rows.andNot(selected);
    }
  }
}
