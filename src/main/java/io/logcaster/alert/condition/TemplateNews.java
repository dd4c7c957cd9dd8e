package io.logcaster.alert.condition;

import io.logcaster.alert.query.StatsQuery;
import io.logcaster.query.ParsedQuery;
import io.logcaster.query.QueryEngine;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Severity;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.RowFilter;
import io.logcaster.system.ProblemException;
import io.logcaster.template.Mark;
import io.logcaster.template.Marks;
import io.logcaster.template.TemplateBirth;
import io.logcaster.template.TemplateBirths;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Finds new templates in the register of templates. Thread-safe. */
public final class TemplateNews implements NewTemplates {

  private static final List<String> STREAM_FIELDS = List.of("host", "app");

  private final QueryEngine engine;
  private final Supplier<@Nullable TemplateBirths> births;
  private final Supplier<@Nullable Marks> marks;

  /**
   * @param births null while the server does not know templates
   */
  public TemplateNews(
      QueryEngine engine,
      Supplier<@Nullable TemplateBirths> births,
      Supplier<@Nullable Marks> marks) {
    this.engine = engine;
    this.births = births;
    this.marks = marks;
  }

  @Override
  public List<TemplateBirth> between(Instant start, Instant end) {
    TemplateBirths known = births.get();
    return known == null ? List.of() : known.between(start, end);
  }

  @Override
  public String current(String id) {
    TemplateBirths known = births.get();
    return known == null ? id : known.current(id);
  }

  @Override
  public void onBirth(Runnable listener) {
    TemplateBirths known = births.get();
    if (known != null) {
      AutoCloseable _ = known.subscribe((birth) -> listener.run());
    }
  }

  @Override
  public Optional<Instant> mark(String mark, Instant until) {
    Marks known = marks.get();
    if (known == null) {
      return Optional.empty();
    }
    return (mark.equals("last") ? known.last(until) : known.find(Long.parseLong(mark)))
        .map(Mark::time);
  }

  @Override
  public BirthFilter filter(String query) {
    ParsedQuery parsed = StatsQuery.parse(engine, query);
    if (!parsed.tree().pipes().isEmpty()) {
      throw new ProblemException(
          HttpStatus.BAD_REQUEST,
          "query_not_a_filter",
          "The query of a rule of kind new-template must be a filter without pipes, for example"
              + " 'app:=shop', or '*' for all records.");
    }
    RowFilter filter = engine.filter(query);
    return (birth) -> {
      Bitmap row = Bitmap.all(1);
      filter.retain(batch(birth), row);
      return !row.isEmpty();
    };
  }

  /** The first record of a template. */
  private static RecordBatch batch(TemplateBirth birth) {
    RecordBatchBuilder builder = RecordBatch.builder(STREAM_FIELDS);
    Instant time = birth.firstSeen();
    builder.time(time.getEpochSecond() * Timestamps.SECOND + time.getNano());
    builder.severity(Severity.parse(birth.level()));
    builder.value(RecordBatchBuilder.MESSAGE, birth.example());
    put(builder, Field.LEVEL, birth.level());
    put(builder, "host", birth.host());
    put(builder, "app", birth.app());
    for (Map.Entry<String, String> field : birth.fields().entrySet()) {
      put(builder, field.getKey(), field.getValue());
    }
    builder.end();
    return builder.build();
  }

  private static void put(RecordBatchBuilder builder, String name, String value) {
    if (!value.isEmpty()) {
      builder.value(builder.column(name), value);
    }
  }
}
