package io.logcaster.pipeline.filter;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Severity;
import io.logcaster.storage.RowFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The record filter in force. It can be replaced while records flow: a batch sees the old one or
 * the new one, whole.
 */
public final class RecordFilter implements RowFilter {

  private record InForce(FilterSettings settings, RowFilter filter) {}

  private final Function<String, RowFilter> expressions;
  private volatile InForce inForce;

  /**
   * Makes the filter.
   *
   * @param settings what to keep first
   * @param expressions compiles a filter of the query language; throws where it does not parse
   */
  public RecordFilter(FilterSettings settings, Function<String, RowFilter> expressions) {
    this.expressions = expressions;
    this.inForce = compile(settings);
  }

  /** What is kept now. */
  public FilterSettings settings() {
    return inForce.settings();
  }

  /**
   * Replaces what is kept; throws where the expression does not parse, and then nothing changes.
   */
  public void replace(FilterSettings settings) {
    inForce = compile(settings);
  }

  private InForce compile(FilterSettings settings) {
    List<RowFilter> kept = new ArrayList<>();
    int minSeverity = Severity.parse(settings.minLevel());
    if (minSeverity > Severity.TRACE) {
      kept.add(new LevelFilter(minSeverity));
    }
    if (!settings.includeCategories().isEmpty()) {
      kept.add(new CategoryFilter(settings.includeCategories()));
    }
    List<RowFilter> dropped = new ArrayList<>();
    if (!settings.excludeCategories().isEmpty()) {
      dropped.add(new CategoryFilter(settings.excludeCategories()));
    }
    if (!settings.drop().isEmpty()) {
      dropped.add(expressions.apply(settings.drop()));
    }
    if (!dropped.isEmpty()) {
      kept.add(CompositeFilter.not(CompositeFilter.any(dropped)));
    }
    return new InForce(settings, CompositeFilter.all(kept));
  }

  @Override
  public void retain(RecordBatch batch, Bitmap rows) {
    inForce.filter().retain(batch, rows);
  }
}
