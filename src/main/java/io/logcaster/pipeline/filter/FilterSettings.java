package io.logcaster.pipeline.filter;

import io.logcaster.record.Severity;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which records are stored; also the body of {@code GET} and {@code PUT /api/v1/filter}.
 *
 * @param minLevel the lowest level that is stored; records without a known level are stored
 * @param includeCategories if not empty, only records of these categories are stored
 * @param excludeCategories records of these categories are not stored
 * @param drop a filter of the query language; records that match it are not stored; empty for none
 */
@ConfigurationProperties("logcaster.filter")
record FilterSettings(
    String minLevel, List<String> includeCategories, List<String> excludeCategories, String drop) {

  /** Stores everything. */
  static final FilterSettings NONE = new FilterSettings(null, null, null, null);

  /** Absent parts store everything. */
  public FilterSettings(
      @Nullable String minLevel,
      @Nullable List<String> includeCategories,
      @Nullable List<String> excludeCategories,
      @Nullable String drop) {
    this.minLevel =
        (minLevel == null || minLevel.isBlank())
            ? "TRACE"
            : minLevel.strip().toUpperCase(Locale.ROOT);
    this.includeCategories =
        (includeCategories != null) ? List.copyOf(includeCategories) : List.of();
    this.excludeCategories =
        (excludeCategories != null) ? List.copyOf(excludeCategories) : List.of();
    this.drop = (drop != null) ? drop.strip() : "";
    if (!Severity.NAMES.contains(this.minLevel)) {
      throw new IllegalArgumentException(
          "minLevel is '"
              + minLevel
              + "', but must be one of "
              + String.join(", ", Severity.NAMES));
    }
  }
}
