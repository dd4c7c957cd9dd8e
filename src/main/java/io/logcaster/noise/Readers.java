package io.logcaster.noise;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.logcaster.alert.Alerts;
import io.logcaster.noise.NoiseBill.Template;
import io.logcaster.query.QueryEngine;
import io.logcaster.query.QueryUses;
import io.logcaster.query.QueryUses.Kind;
import io.logcaster.query.QueryUses.Use;
import io.logcaster.query.ast.AllFilter;
import io.logcaster.query.ast.Query;
import io.logcaster.query.lang.QuerySyntaxException;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Severity;
import io.logcaster.storage.RowFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds who asks for a template: each query in use is tried on records that have it. Queries for
 * all records are left out, as they ask for nothing in particular.
 */
@Component
class Readers {

  private static final JsonMapper JSON = new JsonMapper();

  /** Who is left out is told by nobody; but a list of hundreds is read by nobody, either. */
  private static final int MAX_READERS = 20;

  private final QueryEngine engine;
  private final ObjectProvider<QueryUses> uses;
  private final Alerts alerts;

  Readers(QueryEngine engine, ObjectProvider<QueryUses> uses, Alerts alerts) {
    this.engine = engine;
    this.uses = uses;
    this.alerts = alerts;
  }

  /**
   * Somebody or something that asks for a template. Other people are one entry without name and
   * query, for those who do not administer the server.
   *
   * @param kind person, search, dashboard or rule
   * @param name its name; empty for people who did not sign in, absent for other people
   * @param query the query that selects the template's records; absent for other people
   * @param times how often it was asked; 0 where nobody counts
   * @param last when it was last asked; absent where nobody remembers
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Reader(
      String kind,
      @Nullable String name,
      @Nullable String query,
      long times,
      @Nullable Instant last) {}

  /**
   * The readers of each template, those who asked most first.
   *
   * @param viewer whose own queries are shown, while those of other people are only counted; null
   *     to show all
   */
  List<List<Reader>> of(List<Template> templates, long now, @Nullable String viewer) {
    List<List<Reader>> readers = new ArrayList<>();
    templates.forEach((template) -> readers.add(new ArrayList<>()));
    List<Integer> owners = new ArrayList<>();
    RecordBatch batch = batch(templates, owners, now);
    if (batch.size() == 0) {
      return readers;
    }
    long[] others = new long[templates.size()];
    Map<String, RowFilter> filters = new HashMap<>();
    for (Use use : all()) {
      RowFilter filter = filters.computeIfAbsent(use.query(), (text) -> filter(text, now));
      if (filter.equals(RowFilter.ALL)) {
        continue;
      }
      Bitmap rows = Bitmap.all(batch.size());
      filter.retain(batch, rows);
      int before = -1;
      for (int row : rows.toArray()) {
        int owner = owners.get(row);
        if (owner != before && isHidden(use, viewer)) {
          others[owner] += use.times();
        } else if (owner != before) {
          readers.get(owner).add(reader(use));
        }
        before = owner;
      }
    }
    for (int i = 0; i < others.length; i++) {
      if (others[i] > 0) {
        readers.get(i).add(new Reader(kind(Kind.PERSON), null, null, others[i], null));
      }
    }
    Comparator<Reader> mostFirst =
        Comparator.comparingLong(Reader::times)
            .reversed()
            .thenComparing((reader) -> (reader.name() == null) ? "" : reader.name());
    return readers.stream()
        .map((found) -> found.stream().sorted(mostFirst).limit(MAX_READERS).toList())
        .toList();
  }

  private List<Use> all() {
    List<Use> all = new ArrayList<>();
    uses.orderedStream().forEach((source) -> all.addAll(source.uses()));
    alerts.rules().stream()
        .filter((rule) -> rule.enabled())
        .forEach((rule) -> all.add(new Use(Kind.RULE, rule.name(), rule.query(), 0, null)));
    return all;
  }

  private static boolean isHidden(Use use, @Nullable String viewer) {
    return viewer != null && use.kind() == Kind.PERSON && !use.name().equals(viewer);
  }

  private static Reader reader(Use use) {
    return new Reader(kind(use.kind()), use.name(), use.query(), use.times(), use.last());
  }

  private static String kind(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** The filter of a query; that of all records if it has none, or one that needs other queries. */
  private RowFilter filter(String query, long now) {
    try {
      Query tree = engine.parse(query).tree();
      if (tree.filter() instanceof AllFilter) {
        return RowFilter.ALL;
      }
      Query only = new Query(Query.Options.DEFAULT, tree.filter(), List.of());
      return engine.filter(only.canonical(), now);
    } catch (QuerySyntaxException ex) {
      return RowFilter.ALL;
    }
  }

  /** The message of a template's first example. */
  String message(Template template) {
    return template.examples().isEmpty()
        ? ""
        : fields(template.examples().getFirst()).getOrDefault(Field.MESSAGE, "");
  }

  private static Map<String, String> fields(String json) {
    return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
  }

  /** The examples as records that arrive now, with the number of the template of each. */
  private static RecordBatch batch(List<Template> templates, List<Integer> owners, long now) {
    RecordBatchBuilder builder = RecordBatch.builder(List.of("host", "app"));
    builder.limits(Integer.MAX_VALUE, Long.MAX_VALUE);
    for (int i = 0; i < templates.size(); i++) {
      for (String example : templates.get(i).examples()) {
        builder.time(now);
        fields(example)
            .forEach(
                (name, value) -> {
                  switch (name) {
                    case Field.TIME, Field.STREAM, Field.STREAM_ID -> {}
                    case Field.MESSAGE -> builder.value(RecordBatchBuilder.MESSAGE, value);
                    case Field.LEVEL -> {
                      builder.value(RecordBatchBuilder.LEVEL, value);
                      builder.severity(Severity.parse(value));
                    }
                    default -> builder.value(builder.column(name), value);
                  }
                });
        builder.end();
        owners.add(i);
      }
    }
    return builder.build();
  }
}
