package io.logcaster.query;

import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.InMemoryLogStorage;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures the cost of a query per row, on one thread and plain columns in memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 2, time = 1)
public class BenchmarkQuery {

  private static final int BATCHES = 32;

  private static final int ROWS = BATCHES * RecordBatchBuilder.MAX_RECORDS;

  private static final String[] LEVELS = {"INFO", "INFO", "INFO", "DEBUG", "WARN", "ERROR"};

  private static final String[] TEXTS = {
    "request from %s took %d ms and gave status 200 for /api/v2/orders/%d",
    "connection refused by upstream %s, retrying in %d seconds (attempt %d)",
    "cache miss for key user:%s, loaded %d bytes in %d us",
    "user %s logged in, session %d expires in %d minutes"
  };

  @Param({
    "error | count()",
    "refused | count()",
    "\"connection refused\" | count()",
    "connection retrying | count()",
    "i(Refused) | count()",
    "~\"refused by .* attempt\" | count()",
    "~\"(retry|load)(ing|ed)\" | count()",
    "level:=ERROR | count()",
    "* | stats by (level) count()",
    "* | stats by (app, level) count()",
    "* | stats by (_time:1m) count()",
    "* | stats by (app) sum(ms), max(ms)",
    "* | sort by (_time desc) limit 100",
    "* | stats count_uniq(ms)",
    "* | extract \"took <t> ms\" | stats avg(t)"
  })
  public String query;

  private QueryEngine engine;

  private ParsedQuery parsed;

  @Setup
  public void fill() {
    Random random = new Random(42);
    InMemoryLogStorage storage = new InMemoryLogStorage(Long.MAX_VALUE);
    RecordBatchBuilder builder = RecordBatch.builder(List.of("app"));
    int app = builder.column("app");
    int ms = builder.column("ms");
    for (int i = 0; i < ROWS; i++) {
      builder.time(Records.START + i * (Timestamps.SECOND / 50));
      builder.value(app, "app-" + random.nextInt(20));
      builder.value(RecordBatchBuilder.LEVEL, LEVELS[random.nextInt(LEVELS.length)]);
      builder.value(ms, Integer.toString(random.nextInt(5000)));
      String text = TEXTS[random.nextInt(TEXTS.length)];
      builder.value(
          RecordBatchBuilder.MESSAGE,
          text.formatted(
              "10.0." + random.nextInt(256) + "." + random.nextInt(256),
              random.nextInt(10_000),
              random.nextInt(1_000_000)));
      builder.end();
      if (builder.isFull()) {
        storage.append(builder.build()).join();
      }
    }
    storage.append(builder.build()).join();
    engine = new QueryEngine(storage, Records.CLOCK, QueryLimits.defaults());
    parsed = engine.parse(query);
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public Object run() throws IOException {
    return engine.rows(parsed, Long.MIN_VALUE, Long.MAX_VALUE);
  }
}
