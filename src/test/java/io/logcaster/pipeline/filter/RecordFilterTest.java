package io.logcaster.pipeline.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.logcaster.record.Bitmap;
import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Severity;
import io.logcaster.storage.Batches;
import io.logcaster.storage.RowFilter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordFilterTest {

  private static final RecordBatch BATCH =
      Batches.of(
          record("trace", Severity.TRACE, "category", "DATABASE"),
          record("info", Severity.INFO, "category", "security"),
          record("warn", Severity.WARN, "logger", "com.acme.shop.Cart"),
          record("error", Severity.ERROR, "logger", "com.acmecorp.Other", "category", "NETWORK"),
          record("none", 0));

  @Test
  void nothingConfigured_keepsEverything() {
    assertThat(kept(FilterSettings.NONE)).containsExactly("trace", "info", "warn", "error", "none");
  }

  @Test
  void minLevel_keepsThatLevelAndAbove_andRecordsWithoutLevel() {
    assertThat(kept(settings("warn", null, null, null))).containsExactly("warn", "error", "none");
  }

  @Test
  void includeCategories_keepsThoseInAnyCase() {
    assertThat(kept(settings(null, List.of("Security", "database"), null, null)))
        .containsExactly("trace", "info");
  }

  @Test
  void category_fallsBackToTheLoggerAndItsPackages() {
    assertThat(kept(settings(null, List.of("com.acme"), null, null))).containsExactly("warn");
    assertThat(kept(settings(null, null, List.of("com.acme.shop.Cart", "com.acmecorp"), null)))
        .as("an explicit category hides the logger")
        .containsExactly("trace", "info", "error", "none");
  }

  @Test
  void drop_removesWhatTheExpressionMatches() {
    assertThat(kept(settings(null, null, List.of("NETWORK"), "info")))
        .containsExactly("trace", "warn", "none");
  }

  @Test
  void all_mustAgree() {
    assertThat(kept(settings("INFO", List.of("security", "database"), null, null)))
        .containsExactly("info");
  }

  @Test
  void parts_sayWhatEachLetsPass() {
    RecordFilter filter =
        new RecordFilter(settings("INFO", List.of("a"), List.of("b"), "x"), this::expression);
    assertThat(filter.parts())
        .extracting(RecordFilter.Part::name)
        .containsExactly("min-level", "include-categories", "exclude-categories", "drop");
    assertThat(new RecordFilter(FilterSettings.NONE, this::expression).parts()).isEmpty();
  }

  @Test
  void replace_withAnExpressionThatDoesNotParse_changesNothing() {
    RecordFilter filter = new RecordFilter(settings("ERROR", null, null, null), this::expression);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> filter.replace(settings(null, null, null, "(")));
    assertThat(filter.settings().minLevel()).isEqualTo("ERROR");
  }

  @Test
  void minLevel_thatIsNotALevel_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("loud", null, null, null))
        .withMessageContaining("'loud'")
        .withMessageContaining("TRACE, DEBUG, INFO, WARN, ERROR, FATAL");
  }

  private List<String> kept(FilterSettings settings) {
    RecordFilter filter = new RecordFilter(settings, this::expression);
    Bitmap rows = Bitmap.all(BATCH.size());
    filter.retain(BATCH, rows);
    return BATCH.select(rows).records().stream().map(LogRecord::message).toList();
  }

  /** Replaces the query language: an expression is a message. */
  private RowFilter expression(String text) {
    if (text.equals("(")) {
      throw new IllegalArgumentException("expected a filter");
    }
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    return (batch, rows) ->
        batch
            .column(Field.MESSAGE)
            .retain(
                rows,
                (bytes, from, to) -> Arrays.equals(bytes, from, to, wanted, 0, wanted.length));
  }

  private static FilterSettings settings(
      @Nullable String minLevel,
      @Nullable List<String> include,
      @Nullable List<String> exclude,
      @Nullable String drop) {
    return new FilterSettings(minLevel, include, exclude, drop);
  }

  private static LogRecord record(String message, int severity, String... fields) {
    List<Field> list = new ArrayList<>();
    for (int i = 0; i < fields.length; i += 2) {
      list.add(new Field(fields[i], fields[i + 1]));
    }
    return new LogRecord(1, severity, message, list);
  }
}
