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

  /** A part of the filter: its name in the settings, and what it lets pass. */
  public record Part(String name, RowFilter filter) {}

  private record InForce(FilterSettings settings, RowFilter filter, List<Part> parts) {}

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

  /** The active parts; a record is stored if all of them let it pass. */
  public List<Part> parts() {
    return inForce.parts();
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
    List<Part> parts = new ArrayList<>();
    int minSeverity = Severity.parse(settings.minLevel());
    if (minSeverity > Severity.TRACE) {
      parts.add(new Part("min-level", new LevelFilter(minSeverity)));
    }
    if (!settings.includeCategories().isEmpty()) {
      parts.add(new Part("include-categories", new CategoryFilter(settings.includeCategories())));
    }
    if (!settings.excludeCategories().isEmpty()) {
      RowFilter excluded = new CategoryFilter(settings.excludeCategories());
      parts.add(new Part("exclude-categories", CompositeFilter.not(excluded)));
    }
    if (!settings.drop().isEmpty()) {
      RowFilter dropped = expressions.apply(settings.drop());
      parts.add(new Part("drop", CompositeFilter.not(dropped)));
    }
    RowFilter filter = CompositeFilter.all(parts.stream().map(Part::filter).toList());
    return new InForce(settings, filter, List.copyOf(parts));
  }

  @Override
  public void retain(RecordBatch batch, Bitmap rows) {
    inForce.filter().retain(batch, rows);
  }
}
