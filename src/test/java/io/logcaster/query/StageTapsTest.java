package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.query.exec.StageTaps;
import io.logcaster.query.exec.budget.QueryAbortedException;
import io.logcaster.query.exec.budget.Turn;
import io.logcaster.storage.InMemoryLogStorage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** How seeing through a query ends early: by its caps, and by being cancelled. */
class StageTapsTest {

  private static final int BATCHES = 10;

  private static final int ROWS = 100;

  private final QueryEngine engine = engine();

  private static QueryEngine engine() {
    InMemoryLogStorage storage = new InMemoryLogStorage(Long.MAX_VALUE);
    for (int i = 0; i < BATCHES; i++) {
      Records records = new Records();
      for (int row = 0; row < ROWS; row++) {
        records.add(Map.of("_msg", "message " + row, "many", "[1,2,3,4,5,6,7,8]"));
      }
      storage.append(records.batch()).join();
    }
    return new QueryEngine(
        storage, Records.CLOCK, new QueryLimits(8 << 20, Duration.ofMinutes(1), 1, 0, 1, 10_000));
  }

  private void run(String query, StageTaps taps, BooleanSupplier cancelled) throws IOException {
    engine.run(
        engine.parse(query).tree(),
        QueryRange.ALL,
        Records.START,
        Duration.ofMinutes(1),
        taps,
        cancelled,
        Turn.ALWAYS);
  }

  @Test
  void records_uptoTheCap_areAllRead() throws Exception {
    StageTaps taps = new StageTaps(1, 2, 1_000_000, () -> false);
    run("* | stats count() n", taps, () -> false);
    assertThat(taps.isComplete()).isTrue();
    assertThat(taps.stages().getFirst().rowsIn()).isEqualTo(BATCHES * ROWS);
    assertThat(taps.stages().getLast().rows()).isEqualTo(List.of(Map.of("n", "1000")));
  }

  @Test
  void records_beyondTheCap_areNotRead_andTheAnswerSaysSo() throws Exception {
    StageTaps taps = new StageTaps(1, 0, 250, () -> false);
    run("* | stats count() n", taps, () -> false);
    assertThat(taps.isComplete()).isFalse();
    assertThat(taps.stages().getFirst().rowsIn()).isBetween(250L, 999L);
    assertThat(taps.stages().getLast().rowsOut()).isEqualTo(1);
  }

  @Test
  void rowsThatAStageMakes_countTowardsTheCap() throws Exception {
    StageTaps taps = new StageTaps(1, 0, 1_000, () -> false);
    run("* | unroll (many)", taps, () -> false);
    assertThat(taps.isComplete()).isFalse();
    assertThat(taps.stages().getFirst().rowsIn()).isLessThan(1_000);
  }

  @Test
  void time_thatIsUp_endsTheReading_butNotTheStages() throws Exception {
    StageTaps taps = new StageTaps(1, 0, 1_000_000, () -> true);
    run("* | stats count() n", taps, () -> false);
    assertThat(taps.isComplete()).isFalse();
    assertThat(taps.stages().getFirst().rowsIn()).isLessThan(BATCHES * ROWS);
    assertThat(taps.stages().getLast().rowsOut()).isEqualTo(1);
  }

  @Test
  void query_thatIsCancelled_ends_andReturnsItsMemory() {
    AtomicInteger asked = new AtomicInteger();
    StageTaps taps = new StageTaps(1, 5, 1_000_000, () -> false);
    assertThatThrownBy(() -> run("* | sort by (_msg)", taps, () -> asked.incrementAndGet() > 3))
        .isInstanceOfSatisfying(
            QueryAbortedException.class,
            (error) -> assertThat(error.code()).isEqualTo("query_cancelled"));
    assertThat(taps.stages().getFirst().rowsIn()).isLessThan(BATCHES * ROWS);
    assertThat(engine.memoryInUse()).isZero();
  }
}
