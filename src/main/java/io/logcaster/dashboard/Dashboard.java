package io.logcaster.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dashboard, in requests and in answers.
 *
 * @param id chosen by the server; absent in a request
 * @param version grows with each change; a request to replace names the one it is based on
 * @param name what it is called
 * @param description what it is for
 * @param range the time range it opens with, as the console spells it, such as {@code 6h}
 * @param refresh how often it is asked again, such as {@code 30s}; absent for never
 * @param variables what a viewer chooses, for use in queries
 * @param panels what it shows
 * @param builtIn whether it is part of LogCaster and cannot be changed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Dashboard(
    @Nullable String id,
    @Nullable Long version,
    @Nullable String name,
    @Nullable String description,
    @Nullable String range,
    @Nullable String refresh,
    @Nullable List<Variable> variables,
    @Nullable List<Panel> panels,
    @Nullable Boolean builtIn) {

  Dashboard with(String newId, long newVersion, boolean isBuiltIn) {
    return new Dashboard(
        newId, newVersion, name, description, range, refresh, variables, panels, isBuiltIn);
  }

  /**
   * A choice of the viewer. A query contains it as {@code ${name}}, which the console replaces by
   * the chosen values as LogsQL strings.
   *
   * @param name letters, digits and underscores
   * @param label what the viewer reads; the name if it is absent
   * @param values the values to choose from, if they are fixed
   * @param field a field whose values are offered, if they are not
   * @param query selects the records whose values are offered
   * @param initial the values that are chosen at first; all if there are none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Variable(
      @Nullable String name,
      @Nullable String label,
      @Nullable List<String> values,
      @Nullable String field,
      @Nullable String query,
      @Nullable List<String> initial) {}

  /**
   * A panel. It shows one of {@code query}, {@code series}, {@code metric} and {@code text}.
   *
   * @param id names it within its dashboard
   * @param title its heading
   * @param kind how it shows its data
   * @param query a query; one that ends in stats is computed by steps of time where the kind shows
   *     time
   * @param series the id of stats that are kept as a series
   * @param metric a figure of the server itself, such as {@code rates.received}
   * @param text the text of a panel of text
   * @param unit what the numbers measure; plain numbers if it is absent
   * @param x the column of its left edge, from 0
   * @param y the row of its top edge, from 0
   * @param width in columns; a dashboard has 12
   * @param height in rows
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Panel(
      @Nullable String id,
      @Nullable String title,
      @Nullable PanelKind kind,
      @Nullable String query,
      @Nullable String series,
      @Nullable String metric,
      @Nullable String text,
      @Nullable PanelUnit unit,
      @Nullable Integer x,
      @Nullable Integer y,
      @Nullable Integer width,
      @Nullable Integer height) {}
}
