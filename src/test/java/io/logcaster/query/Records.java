package io.logcaster.query;

import io.logcaster.query.exec.budget.Turn;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Severity;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.InMemoryLogStorage;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.ScanTrace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A few records to query, a second apart, with {@code app} as the stream field. */
public final class Records {

  /** The time of the first record. */
  public static final long START = Timestamps.parse("2026-03-04T05:06:07Z");

  /** The present of the engines: an hour after the first record. */
  public static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-04T06:06:07Z"), ZoneOffset.UTC);

  private final List<Map<String, String>> rows = new ArrayList<>();

  /** Adds a record; its {@code _time} may be given. */
  public Records add(Map<String, String> row) {
    rows.add(row);
    return this;
  }

  /** Adds records with a message and nothing else. */
  public Records messages(String... messages) {
    for (String message : messages) {
      add(Map.of("_msg", message));
    }
    return this;
  }

  public RecordBatch batch() {
    RecordBatchBuilder builder = RecordBatch.builder(List.of("app"));
    for (int i = 0; i < rows.size(); i++) {
      builder.time(START + i * Timestamps.SECOND);
      rows.get(i)
          .forEach(
              (name, value) -> {
                if (name.equals("_time")) {
                  builder.time(Timestamps.parse(value));
                } else {
                  byte[] bytes = (name.equals("_msg") ? "" : name).getBytes(StandardCharsets.UTF_8);
                  builder.value(builder.column(bytes, 0, bytes.length), value);
                  if (name.equals("level")) {
                    builder.severity(Severity.parse(value));
                  }
                }
              });
      builder.end();
    }
    return builder.build();
  }

  public QueryEngine engine() {
    InMemoryLogStorage storage = new InMemoryLogStorage(Long.MAX_VALUE);
    storage.append(batch()).join();
    return new QueryEngine(storage, CLOCK, QueryLimits.defaults());
  }

  /** The result of a query over all records. */
  public List<Map<String, String>> rows(String query) throws IOException {
    return rows(engine(), query);
  }

  /** The result of a query over all records of a storage. */
  static List<Map<String, String>> rows(LogStorage storage, String query) throws IOException {
    return rows(new QueryEngine(storage, CLOCK, QueryLimits.defaults()), query);
  }

  /** Runs a query over all records and returns what the storage counted. */
  static ScanTrace trace(LogStorage storage, String query) throws IOException {
    QueryEngine engine = new QueryEngine(storage, CLOCK, QueryLimits.defaults());
    return engine
        .run(
            engine.parse(query),
            new QueryRange(Long.MIN_VALUE, Long.MAX_VALUE),
            START,
            QueryLimits.defaults().time(),
            (rows) -> true,
            () -> false,
            Turn.ALWAYS)
        .trace();
  }

  private static List<Map<String, String>> rows(QueryEngine engine, String query)
      throws IOException {
    return engine.rows(engine.parse(query), Long.MIN_VALUE, Long.MAX_VALUE);
  }
}
