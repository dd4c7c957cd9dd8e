package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.query.exec.budget.QueryAbortedException;
import io.logcaster.query.exec.budget.Turn;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.InMemoryLogStorage;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.ScanTrace;
import io.logcaster.storage.ScanTrace.Count;
import io.logcaster.storage.segment.SegmentLogStorage;
import io.logcaster.storage.segment.SegmentOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries give the same rows on segments, which skip much, as in memory, which reads all. */
@Execution(ExecutionMode.CONCURRENT)
class SegmentQueriesTest {

  private static final int RECORDS = 6_000;

  private static final String[] LEVELS = {"DEBUG", "INFO", "INFO", "WARN", "ERROR"};

  @TempDir Path directory = Path.of("");

  private final InMemoryLogStorage memory = new InMemoryLogStorage(Long.MAX_VALUE);

  private SegmentLogStorage segments;

  @BeforeEach
  void fill() throws IOException {
    segments = SegmentLogStorage.open(directory, SegmentOptions.defaults());
    Random random = new Random(42);
    RecordBatchBuilder builder = RecordBatch.builder(List.of("app"));
    int app = builder.column("app");
    int ms = builder.column("ms");
    int day = builder.column("day");
    for (int i = 0; i < RECORDS; i++) {
      // Every time once, but not in order, and some of them in memory only.
      builder.time(Records.START + (i * 7919L % RECORDS) * Timestamps.SECOND);
      builder.value(app, "app-" + random.nextInt(8));
      builder.value(RecordBatchBuilder.LEVEL, LEVELS[random.nextInt(LEVELS.length)]);
      builder.value(ms, Integer.toString(random.nextInt(500)));
      builder.value(day, Double.toString(random.nextInt(7) / 2.0));
      builder.value(
          RecordBatchBuilder.MESSAGE,
          (random.nextInt(3) == 0)
              ? "user u" + random.nextInt(40) + " logged in, session " + random.nextInt(1_000)
              : "request " + i + " took " + random.nextInt(90) + " ms with status 200");
      builder.end();
      if (i % 1_000 == 999) {
        RecordBatch batch = builder.build();
        segments.append(batch).join();
        memory.append(batch).join();
        if (i < RECORDS - 1_000) {
          segments.flushAll();
        }
      }
    }
  }

  @AfterEach
  void close() throws IOException {
    segments.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* | sort by (_time desc) limit 100",
        "* | sort by (_time) limit 7",
        "* | sort by (_time desc) offset 50 limit 20",
        "level:ERROR | sort by (_time desc) limit 100",
        "session | sort by (_time desc) limit 10 | fields _time, _msg, _stream",
        "* | fields _time, _msg | sort by (_time desc) limit 12",
        "* | delete _msg | sort by (_time desc) limit 12",
        "u7 | sort by (_time desc)",
        "* | sort by (ms desc, _time) limit 9",
        "* | sort by (_time desc) partition by (app) limit 2",
        "* | len(_msg) as l | sort by (l desc, _msg) limit 40",
        "* | len(_msg) as l | sort by (l, ms desc, _time) offset 3 limit 5 | delete _msg",
        "* | sort by (day desc, ms desc, _time) limit 25",
        "* | sort by (missing, _time) limit 4",
        "* | len(_msg) as l | stats quantile(0.5, l) m, quantile(0.99, l) q, sum(l) s, max(l) x",
        "* | len(_msg) as l | stats by (app) median(l) m, count_uniq(l) u | sort by (app)",
        "* | len(_msg) as l | filter l:>30 | stats count() n, min(l) m, uniq_values(l) v",
        "* | len(_msg) as l | filter l:~\"7$\" | format \"<l> bytes\" as l | top 3 by (l)",
        "* | collapse_nums at _msg | top 5 by (_msg)",
        "u7 or 200 | collapse_nums at _msg prettify | stats by (_msg) count() n | sort by (_msg)",
        "* | collapse_nums at _msg | len(_msg) as l | sort by (l desc, _msg, _time) limit 9",
        "* | collapse_nums at ms | hash(ms) as h | uniq by (ms, h) with hits | sort by (ms)",
        "* | len(day) as l | len(l) as k | stats by (l, k) count() n | sort by (l)",
        "* | sort by (_time desc) limit 20000 | stats count() n, min(_time) first",
        "* | first 5 by (_time)",
        "* | last 5 by (_time)",
        "session | sort by (_time desc) limit 3 | union (level:WARN | sort by (_time) limit 2)",
        "u7 or 200 | stats count() n, count_uniq(_msg) u",
        "\"took 17 ms\" | stats by (app) count() n | sort by (app)",
        "* | stats by (level) count() n | sort by (level)",
        "* | stats by (app, level) count() n, sum(ms) s | sort by (app, level)",
        "* | stats by (_time:10m) count() n | sort by (_time)",
        "~\"logged in, session [0-9]+5\" | stats count() n",
        "* | extract \"took <t> ms\" | stats sum(t) s",
        "* | field_names | sort by (name)",
        "* | stats by (_time:1h) count() n | sort by (_time)",
        "* | stats by (_time:20m offset 5m) count() n | sort by (_time)",
        "* | stats by (_time:1500ms) count() n | sort by (_time)",
        "* | stats by (_time:week) count() n, rate() r | sort by (_time)",
        "* | stats by (_time:year) count() n | sort by (_time)",
        "* | stats by (_time:1d, level) count() n | sort by (_time, level)",
        "* | stats by (_time:month, app) count() n, count_uniq(level) u | sort by (_time, app)",
        "level:ERROR | stats by (app) count() n | sort by (app)",
        "level:>=WARN | stats count() n, count() if (app:app-3) m, rate() r",
        "{app=~\"app-[1-3]\"} !level:INFO | stats by (app, level) count() n | sort by (app, level)",
        "app:app-1 or level:WARN | stats by (_stream) count() n | sort by (_stream)",
        "_time:2026-03-04T06Z level:INFO | stats count(level) n, count(missing) m, count_empty(ms)"
            + " e",
        "_time:[2026-03-04T05:30Z, 2026-03-04T06:10Z) | stats by (level) count() n | sort by"
            + " (level)",
        "!_time:2026-03-04T06Z | stats by (level) count() n | sort by (level)",
        "* | stats by (app) min(level) a, max(level) b, uniq_values(level) c | sort by (app)",
        "* | uniq by (app, level) with hits | sort by (app, level)",
        "* | top 3 by (level)",
        "* | stats by (level) sum(day) s, avg(day) a, rate_sum(day) r, count() n | sort by (level)",
        "level:in(WARN,ERROR) | field_values app | sort by (app)"
      })
  void everyQuery_agreesWithTheEngineInMemory(String query) throws IOException {
    assertThat(Records.rows(segments, query)).isEqualTo(Records.rows(memory, query)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* | stats by (level) count() n | sort by (level)",
        "* | stats by (app, level) count() n | sort by (app, level)",
        "level:ERROR | stats by (_time:1d, app) count() n | sort by (_time, app)",
        "* | stats by (_time:1m) count() n | sort by (_time)"
      })
  void counts_afterDeletion_areOfTheRemainingRecords(String query) throws IOException {
    QueryEngine engine = new QueryEngine(memory, Records.CLOCK, QueryLimits.defaults());
    ScanRequest gone = ScanRequest.all().where(engine.filter("level:WARN or app:app-5"));
    assertThat(segments.delete(gone)).isEqualTo(memory.delete(gone)).isPositive();
    assertThat(Records.rows(segments, query)).isEqualTo(Records.rows(memory, query)).isNotEmpty();
  }

  @Test
  void countsByStreamAndLevel_readNoRows() throws IOException {
    segments.flushAll();
    for (String query :
        List.of(
            "* | stats by (app, level) count() n",
            "level:>=WARN | stats by (_time:1d) count() n",
            "{app=\"app-1\"} | top 2 by (level)")) {
      ScanTrace trace = trace(query);
      assertThat(trace.get(Count.BLOCKS_COUNTED)).as(query).isPositive();
      assertThat(trace.get(Count.BLOCKS_READ)).as(query).isZero();
    }
    assertThat(trace("* | stats by (_time:7m) count() n").get(Count.BLOCKS_READ)).isZero();
    assertThat(trace("* | stats by (_time:100ms) count() n").get(Count.BLOCKS_READ)).isPositive();
  }

  private ScanTrace trace(String query) throws IOException {
    QueryEngine engine = new QueryEngine(segments, Records.CLOCK, QueryLimits.defaults());
    return engine
        .run(
            engine.parse(query),
            new QueryRange(Long.MIN_VALUE, Long.MAX_VALUE),
            Records.START,
            QueryLimits.defaults().time(),
            (rows) -> true,
            () -> false,
            Turn.ALWAYS)
        .trace();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "by (app) ", "by (_time:1d) "})
  void extremesOfTimes_areThoseOfTheTimesAsText(String groups) throws IOException {
    String stats = "stats " + groups + "min(%1$s) first, max(%1$s) last | sort by (first, last)";
    List<Map<String, String>> expected =
        Records.rows(memory, "* | format '<_time>' as text | " + stats.formatted("text"));
    assertThat(Records.rows(segments, "* | " + stats.formatted("_time")))
        .isEqualTo(expected)
        .isNotEmpty()
        .allSatisfy((row) -> assertThat(row).containsKeys("first", "last"));
  }

  @Test
  void sameQuery_askedAgain_isAnsweredFromWhatIsKept() throws IOException {
    List<Map<String, String>> first =
        Records.rows(segments, "took !u7 | sort by (_time desc) limit 30");
    assertThat(Records.rows(segments, "took !u7 | sort by (_time desc) limit 30")).isEqualTo(first);
  }

  @Test
  void newestRows_areFoundWithoutReadingOlderBlocks() throws IOException {
    QueryEngine engine = new QueryEngine(segments, Records.CLOCK, QueryLimits.defaults());
    List<Integer> found = new ArrayList<>();
    var counts =
        engine.run(
            engine.parse("* | sort by (_time desc) limit 3"),
            new QueryRange(Long.MIN_VALUE, Long.MAX_VALUE),
            Records.START,
            QueryLimits.defaults().time(),
            (rows) -> {
              found.add(rows.size());
              return true;
            },
            () -> false,
            Turn.ALWAYS);
    assertThat(found).containsExactly(3);
    assertThat(counts.trace().get(Count.VALUES_DECODED)).isLessThan(RECORDS / 10);
  }

  @Test
  void query_afterItsClientLeft_readsNoFurtherBlock() {
    QueryEngine engine = new QueryEngine(segments, Records.CLOCK, QueryLimits.defaults());
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger rows = new AtomicInteger();
    assertThatThrownBy(
            () ->
                engine.run(
                    engine.parse("*"),
                    new QueryRange(Long.MIN_VALUE, Long.MAX_VALUE),
                    (found) -> {
                      rows.addAndGet(found.size());
                      return true;
                    },
                    () -> asked.incrementAndGet() > 3))
        .hasStackTraceContaining(QueryAbortedException.class.getSimpleName());
    assertThat(rows.get()).isLessThan(RECORDS);
  }
}
