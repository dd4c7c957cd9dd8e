package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.query.exec.budget.QueryAbortedException;
import io.logcaster.query.exec.budget.Turn;
import io.logcaster.record.RecordBatch;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries give the same rows on segments, which skip much, as in memory, which reads all. */
@Execution(ExecutionMode.CONCURRENT)
class SegmentQueriesTest {

  private static final int RECORDS = 6_000;

  @TempDir Path directory = Path.of("");

  private final InMemoryLogStorage memory = new InMemoryLogStorage(Long.MAX_VALUE);

  private SegmentLogStorage segments;

  @BeforeEach
  void fill() throws IOException {
    segments = SegmentLogStorage.open(directory, SegmentOptions.defaults());
    List<RecordBatch> batches = QuerySuite.batches();
    for (int i = 0; i < batches.size(); i++) {
      segments.append(batches.get(i)).join();
      memory.append(batches.get(i)).join();
      if (i < batches.size() - 1) {
        segments.flushAll();
      }
    }
  }

  @AfterEach
  void close() throws IOException {
    segments.close();
  }

  @ParameterizedTest
  @MethodSource("io.logcaster.query.QuerySuite#queries")
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
      ScanTrace trace = Records.trace(segments, query);
      assertThat(trace.get(Count.BLOCKS_COUNTED)).as(query).isPositive();
      assertThat(trace.get(Count.BLOCKS_READ)).as(query).isZero();
    }
    assertThat(Records.trace(segments, "* | stats by (_time:7m) count() n").get(Count.BLOCKS_READ))
        .isZero();
    assertThat(
            Records.trace(segments, "* | stats by (_time:100ms) count() n").get(Count.BLOCKS_READ))
        .isPositive();
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
