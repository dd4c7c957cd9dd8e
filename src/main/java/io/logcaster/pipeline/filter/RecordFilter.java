package io.logcaster.pipeline.filter;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Severity;
import io.logcaster.storage.RowFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The active record filter. It can be replaced while records flow: each batch sees either the old
 * or the new one.
 */
public final class RecordFilter implements RowFilter {

  private record InForce(FilterSettings settings, RowFilter filter) {}

  private final Function<String, RowFilter> expressions;
  private volatile InForce inForce;

  /**
   * Creates the filter.
   *
   * @param settings the initial settings
   * @param expressions compiles a filter of the query language; throws if it does not parse
   */
  RecordFilter(FilterSettings settings, Function<String, RowFilter> expressions) {
    this.expressions = expressions;
    this.inForce = compile(settings);
  }

  /** The active settings. */
  FilterSettings settings() {
    return inForce.settings();
  }

  /** Replaces the settings; throws and changes nothing if the expression does not parse. */
  void replace(FilterSettings settings) {
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
