package io.logcaster.transform;

import static io.logcaster.system.ProblemException.invalidProperty;

import io.logcaster.query.QueryEngine;
import io.logcaster.query.lang.QuerySyntaxException;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Cardinality;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Severity;
import io.logcaster.record.Timestamps;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Runs transforms on a sample, apart from the pipeline. Thread-safe. */
@Component
class TransformPreview {

  private static final int MAX_RECORDS = 1_000;
  private static final int USUAL_RECORDS = 20;

  /** What was said in a body of the usual size, and at most as many bytes of stored records. */
  private static final long MAX_BYTES = 8L << 20;

  private static final Duration RECENT = Duration.ofHours(24);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final Set<String> BUILT_IN =
      Set.of(Field.TIME, Field.MESSAGE, Field.STREAM, Field.STREAM_ID, "");

  private final TransformSettings settings;
  private final TransformCompiler compiler;
  private final QueryEngine queries;
  private final Clock clock;

  TransformPreview(
      TransformSettings settings, TransformCompiler compiler, QueryEngine queries, Clock clock) {
    this.settings = settings;
    this.compiler = compiler;
    this.queries = queries;
    this.clock = clock;
  }

  /**
   * What to try.
   *
   * @param transforms those in force if missing
   * @param records the fields of each record; recent ones if missing
   * @param query selects recent records, those of the last 24 hours; all if missing
   * @param limit how many recent records, 20 if missing
   */
  @Schema(name = "TransformPreview")
  record Body(
      @Nullable List<TransformDefinition> transforms,
      @Nullable List<Map<String, Object>> records,
      @Nullable String query,
      @Nullable Integer limit) {}

  /**
   * The records before all transforms, and after each.
   *
   * @param records the records before
   */
  @Schema(name = "TransformPreviewAnswer")
  record Answer(List<Map<String, String>> records, List<Stage> stages) {}

  /**
   * What one transform did.
   *
   * @param in records that reached it
   * @param selected those that its filter selected
   * @param out records that left it
   * @param dropped records that did not
   * @param errors records that it marked with {@code _transform_error}
   * @param redacted redacted values by kind
   * @param records those that left it
   */
  @Schema(name = "TransformPreviewStage")
  record Stage(
      String name,
      int in,
      int selected,
      int out,
      int dropped,
      long errors,
      Map<String, Long> redacted,
      double millis,
      List<Map<String, String>> records) {}

  Answer run(Body body) throws IOException {
    List<TransformDefinition> transforms =
        (body.transforms() != null) ? body.transforms() : settings.current().transforms();
    List<TransformDefinition> enabled =
        transforms.stream().filter(TransformDefinition::isEnabled).toList();
    List<Watch> watches = new ArrayList<>();
    enabled.forEach((definition) -> watches.add(new Watch()));
    Map<String, TransformCounters> counters = new LinkedHashMap<>();
    TransformChain chain =
        compiler.compile(
            transforms,
            new TransformCompiler.Use(
                (name) -> counters.computeIfAbsent(name, (key) -> new TransformCounters()),
                (name, counted) -> {},
                AnySink.INSTANCE,
                true,
                Cardinality.unlimited(),
                (link, work, selected, nanos) -> watches.get(link).left(work, selected, nanos)));
    RecordBatch batch = batch(sample(body));
    List<Map<String, String>> before = rows(batch, Bitmap.all(batch.size()));
    if (batch.size() > 0) {
      chain.run(new Work(batch, Set.of(new Seen()), null, false));
      chain.expire(Long.MAX_VALUE, true);
    }
    List<Stage> stages = new ArrayList<>();
    int in = before.size();
    for (int i = 0; i < watches.size(); i++) {
      Watch watch = watches.get(i);
      String name = String.valueOf(enabled.get(i).name()).strip();
      TransformCounters counted = counters.getOrDefault(name, new TransformCounters());
      int out = watch.records.size();
      stages.add(
          new Stage(
              name,
              in,
              watch.selected,
              out,
              Math.max(0, in - out),
              counted.errors(),
              counted.redacted(),
              Math.round(watch.nanos / 1e3) / 1e3,
              watch.records));
      in = out;
    }
    return new Answer(before, stages);
  }

  /** What left one transform. */
  private static final class Watch {

    private final List<Map<String, String>> records = new ArrayList<>();
    private int selected;
    private long nanos;

    void left(Work work, int rows, long took) {
      selected += rows;
      nanos += took;
      records.addAll(rows(work.batch, work.alive));
    }
  }

  private static List<Map<String, String>> rows(RecordBatch batch, Bitmap rows) {
    List<Map<String, String>> maps = new ArrayList<>();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      Map<String, String> map = new LinkedHashMap<>();
      map.put(Field.TIME, Timestamps.format(batch.times()[row]));
      map.put(Field.MESSAGE, batch.column(Field.MESSAGE).text(row));
      for (String name : batch.fieldNames()) {
        Column column = batch.column(name);
        if (!column.isEmpty(row)) {
          map.put(name, column.text(row));
        }
      }
      maps.add(map);
    }
    return maps;
  }

  private List<? extends Map<String, ?>> sample(Body body) throws IOException {
    if (body.records() != null) {
      if (body.records().size() > MAX_RECORDS) {
        throw invalidProperty("records", "must not have more than " + MAX_RECORDS + " records");
      }
      return body.records();
    }
    int limit = (body.limit() != null) ? body.limit() : USUAL_RECORDS;
    if (limit < 1 || limit > MAX_RECORDS) {
      throw invalidProperty("limit", "must be from 1 to " + MAX_RECORDS);
    }
    String filter = (body.query() == null || body.query().isBlank()) ? "*" : body.query().strip();
    try {
      queries.filter(filter);
    } catch (QuerySyntaxException ex) {
      throw invalidProperty("query", "is not a filter: " + ex.getMessage());
    }
    Instant now = clock.instant();
    long end = now.getEpochSecond() * Timestamps.SECOND + now.getNano();
    return queries.rows(
        queries.parse(filter + " | sort by (_time desc) limit " + limit + " | sort by (_time)"),
        end - RECENT.toNanos(),
        end,
        TIMEOUT);
  }

  private RecordBatch batch(List<? extends Map<String, ?>> records) {
    RecordBatchBuilder builder = RecordBatch.builder(compiler.streamFields());
    builder.limits(Integer.MAX_VALUE, Long.MAX_VALUE);
    Instant now = clock.instant();
    builder.arrivalTime(now.getEpochSecond() * Timestamps.SECOND + now.getNano());
    for (int i = 0; i < records.size(); i++) {
      Map<String, ?> record = records.get(i);
      if (record == null) {
        throw invalidProperty("records[" + i + "]", "must be an object");
      }
      for (Map.Entry<String, ?> field : record.entrySet()) {
        put(builder, field.getKey(), text(i, field.getKey(), field.getValue()), i);
      }
      builder.end();
      if (builder.bytes() > MAX_BYTES) {
        throw invalidProperty("records", "must not have more than 8MB together");
      }
    }
    return builder.build();
  }

  private static void put(RecordBatchBuilder builder, String name, String value, int index) {
    if (name.equals(Field.TIME)) {
      long time = Timestamps.parse(value);
      if (time == Timestamps.INVALID) {
        throw invalidProperty(
            "records[" + index + "]._time", "must be a time such as 2026-01-31T12:00:00Z");
      }
      builder.time(time);
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    if (name.equals(Field.MESSAGE)) {
      builder.message(bytes, 0, bytes.length);
    }
    if (name.equals("level")) {
      builder.severity(Severity.parse(value));
    }
    if (!BUILT_IN.contains(name)) {
      byte[] field = name.getBytes(StandardCharsets.UTF_8);
      builder.value(builder.column(field, 0, field.length), bytes, 0, bytes.length);
    }
  }

  private static String text(int index, String name, @Nullable Object value) {
    return switch (value) {
      case null -> "";
      case String text -> text;
      case Number number -> number.toString();
      case Boolean truth -> truth.toString();
      default ->
          throw invalidProperty(
              "records[" + index + "]." + name, "must be a text, a number or a truth value");
    };
  }

  /** Nobody waits for a preview. */
  private record Seen() implements Receipt {

    @Override
    public void hold() {
      // Nothing to hold back.
    }
  }

  /** Takes everything and sends nothing. */
  private enum AnySink implements RouteTarget {
    INSTANCE;

    @Override
    public boolean exists(String sink) {
      return true;
    }

    @Override
    public CompletableFuture<?> route(String sink, RecordBatch batch) {
      return CompletableFuture.completedFuture(null);
    }
  }
}
