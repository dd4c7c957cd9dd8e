package io.logcaster.transform;

import io.logcaster.query.QueryEngine;
import io.logcaster.query.QueryLimits;
import io.logcaster.record.Cardinality;
import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.Batches;
import io.logcaster.storage.InMemoryLogStorage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** Makes chains of transforms for tests, from the same JSON as the API. */
final class Chains {

  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  static final long TIME = NOW.getEpochSecond() * Timestamps.SECOND;

  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  final TransformMetrics metrics = new TransformMetrics();

  final TransformCompiler compiler;

  Chains() {
    this(NoPlugins.INSTANCE);
  }

  Chains(PluginTransforms plugins) {
    compiler =
        new TransformCompiler(
            new QueryEngine(new InMemoryLogStorage(1 << 20), CLOCK, QueryLimits.defaults()),
            List.of("host", "app"),
            metrics,
            () -> TIME,
            plugins);
  }

  /** Transforms from JSON with single quotes. */
  static List<TransformDefinition> definitions(String json) {
    return List.of(JSON.readValue(json.replace('\'', '"'), TransformDefinition[].class));
  }

  TransformChain chain(String json) {
    return chain(json, NoSinks.INSTANCE);
  }

  TransformChain chain(String json, RouteTarget target) {
    return compiler.compile(
        definitions(json), compiler.live(target, false, Cardinality.unlimited()));
  }

  /** A record of the stream of app {@code shop} on host {@code h1}. */
  static LogRecord record(String message, String... fields) {
    List<Field> list = new ArrayList<>(List.of(new Field("app", "shop"), new Field("host", "h1")));
    for (int i = 0; i < fields.length; i += 2) {
      String name = fields[i];
      list.removeIf((field) -> field.name().equals(name));
      list.add(new Field(name, fields[i + 1]));
    }
    return new LogRecord(TIME, 0, message, list);
  }

  static Work work(boolean carries, LogRecord... records) {
    return new Work(Batches.of(records), Set.of(new Waiter()), null, carries);
  }

  /** What is stored of a batch. */
  static List<Map<String, String>> run(TransformChain chain, LogRecord... records) {
    return rows(chain.run(work(false, records)));
  }

  static List<Map<String, String>> rows(List<Portion> portions) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (Portion portion : portions) {
      RecordBatch batch = portion.batch();
      for (LogRecord record : batch.records()) {
        Map<String, String> row = new TreeMap<>();
        row.put(Field.MESSAGE, record.message());
        record.fields().forEach((field) -> row.put(field.name(), field.value()));
        rows.add(row);
      }
    }
    return rows;
  }

  /** Counts how often it is held back. */
  static final class Waiter implements Receipt {

    int holds;

    @Override
    public void hold() {
      holds++;
    }
  }
}
