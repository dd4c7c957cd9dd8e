package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.query.exec.budget.QueryAbortedException;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.InMemoryLogStorage;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryLimitsTest {

  private static QueryEngine engine(long memory, Duration time, int batches) {
    InMemoryLogStorage storage = new InMemoryLogStorage(Long.MAX_VALUE);
    for (int i = 0; i < batches; i++) {
      Records records = new Records();
      for (int row = 0; row < 1000; row++) {
        records.add(Map.of("_msg", "message " + i + " of row " + row, "n", i + "-" + row));
      }
      RecordBatch batch = records.batch();
      storage.append(batch).join();
    }
    return new QueryEngine(storage, Records.CLOCK, new QueryLimits(memory, time, 1, 0, 1, 10_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sort by (n)",
        "uniq by (n)",
        "stats by (n) count()",
        "stats count_uniq(n)",
        "stats values(_msg)",
        "stats median(n)",
        "top 5 by (n)"
      })
  void query_exceedingItsMemory_isAborted(String pipe) {
    QueryEngine engine = engine(100_000, Duration.ofMinutes(1), 20);
    assertThatThrownBy(
            () -> engine.rows(engine.parse("* | " + pipe), Long.MIN_VALUE, Long.MAX_VALUE))
        .isInstanceOfSatisfying(
            QueryAbortedException.class,
            (error) -> assertThat(error.code()).isEqualTo("query_memory_limit"));
  }

  @Test
  void sort_withLimit_needsLittleMemory() throws Exception {
    QueryEngine engine = engine(100_000, Duration.ofMinutes(1), 20);
    assertThat(
            engine.rows(
                engine.parse("* | sort by (n desc) limit 3 | fields n"),
                Long.MIN_VALUE,
                Long.MAX_VALUE))
        .hasSize(3);
  }

  @Test
  void query_exceedingItsTime_isAborted() {
    QueryEngine engine = engine(1 << 20, Duration.ofNanos(1), 2);
    assertThatThrownBy(() -> engine.rows(engine.parse("*"), Long.MIN_VALUE, Long.MAX_VALUE))
        .isInstanceOfSatisfying(
            QueryAbortedException.class,
            (error) -> assertThat(error.code()).isEqualTo("query_timeout"));
  }

  @Test
  void result_withTooManyRows_isRefused() {
    QueryEngine engine = engine(64 << 20, Duration.ofMinutes(1), 11);
    assertThatThrownBy(() -> engine.rows(engine.parse("*"), Long.MIN_VALUE, Long.MAX_VALUE))
        .isInstanceOf(QueryAbortedException.class)
        .hasMessageContaining("10000 rows");
  }

  @Test
  void result_heldInMemory_countsAsMemoryOfTheQuery() {
    QueryEngine engine = engine(1 << 20, Duration.ofMinutes(1), 9);
    assertThatThrownBy(() -> engine.rows(engine.parse("*"), Long.MIN_VALUE, Long.MAX_VALUE))
        .isInstanceOfSatisfying(
            QueryAbortedException.class,
            (error) -> assertThat(error.code()).isEqualTo(QueryAbortedException.MEMORY))
        .hasMessageContaining("1 MB");
  }

  @Test
  void query_afterItsEnd_returnsItsMemory() throws Exception {
    QueryEngine engine = engine(8 << 20, Duration.ofMinutes(1), 2);
    ParsedQuery query = engine.parse("* | sort by (n) | fields n");
    engine.rows(query, Long.MIN_VALUE, Long.MAX_VALUE);
    assertThat(engine.memoryInUse()).isZero();
    assertThatThrownBy(
            () ->
                engine.run(
                    query,
                    QueryRange.ALL,
                    (rows) -> {
                      throw new IllegalStateException("the client left");
                    },
                    () -> false))
        .hasMessageContaining("the client left");
    assertThat(engine.memoryInUse()).isZero();
  }

  @Test
  void query_thatIsCancelled_endsBeforeTheNextBatch() {
    QueryEngine engine = engine(1 << 20, Duration.ofMinutes(1), 10);
    AtomicBoolean cancelled = new AtomicBoolean();
    AtomicInteger calls = new AtomicInteger();
    assertThatThrownBy(
            () ->
                engine.run(
                    engine.parse("*"),
                    QueryRange.ALL,
                    (rows) -> {
                      calls.incrementAndGet();
                      cancelled.set(true);
                      return true;
                    },
                    cancelled::get))
        .isInstanceOfSatisfying(
            QueryAbortedException.class,
            (error) -> assertThat(error.code()).isEqualTo("query_cancelled"));
    assertThat(calls).hasValue(1);
  }

  @Test
  void consumer_returningFalse_endsTheScan() throws Exception {
    QueryEngine engine = engine(1 << 20, Duration.ofMinutes(1), 10);
    AtomicInteger calls = new AtomicInteger();
    engine.run(
        engine.parse("*"),
        QueryRange.ALL,
        (rows) -> {
          calls.incrementAndGet();
          return false;
        },
        () -> false);
    assertThat(calls).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "format '<_msg><_msg>' as _msg",
        "replace ('e', 'eeee')",
        "replace_regexp ('e', 'e$0e$0')"
      })
  void values_growingExponentially_abortTheQuery(String pipe) {
    QueryEngine engine = engine(4 << 20, Duration.ofMinutes(1), 1);
    String query = "*" + (" | " + pipe).repeat(24) + " | len(_msg) as n | stats max(n)";
    assertThatThrownBy(() -> engine.rows(engine.parse(query), Long.MIN_VALUE, Long.MAX_VALUE))
        .isInstanceOfSatisfying(
            QueryAbortedException.class,
            (error) -> assertThat(error.code()).isEqualTo("query_memory_limit"));
    assertThat(engine.memoryInUse()).isZero();
  }

  @Test
  void transformation_ofManyBatches_releasesTheirArrays() throws Exception {
    QueryEngine engine = engine(4 << 20, Duration.ofMinutes(1), 60);
    String wide = "format '<_msg><_msg><_msg><_msg><_msg><_msg>' as wide";
    assertThat(
            engine.rows(
                engine.parse("* | " + wide + " | len(wide) as n | stats max(n) m"),
                Long.MIN_VALUE,
                Long.MAX_VALUE))
        .containsExactly(Map.of("m", "126"));
    assertThat(
            engine.rows(
                engine.parse("* | limit 1 | union (* | " + wide + ") | stats count() n"),
                Long.MIN_VALUE,
                Long.MAX_VALUE))
        .containsExactly(Map.of("n", "60001"));
    assertThat(engine.memoryInUse()).isZero();
  }

  @Test
  void query_whenTheServerStops_isCancelled() {
    QueryEngine engine = engine(4 << 20, Duration.ofMinutes(1), 1);
    engine.stop();
    assertThatThrownBy(() -> engine.rows(engine.parse("*"), Long.MIN_VALUE, Long.MAX_VALUE))
        .isInstanceOfSatisfying(
            QueryAbortedException.class,
            (error) -> assertThat(error.code()).isEqualTo("query_cancelled"));
  }
}
