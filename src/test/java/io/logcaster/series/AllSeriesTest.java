package io.logcaster.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.TestClock;
import io.logcaster.alert.rule.ControlDb;
import io.logcaster.query.QueryEngine;
import io.logcaster.query.QueryLimits;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.storage.InMemoryLogStorage;
import io.logcaster.storage.ScanRequest;
import io.logcaster.system.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllSeriesTest {

  private static final Instant TEN = Instant.parse("2026-11-30T10:00:00Z");
  private static final String COUNT = "* | stats by (app) count() value";

  @TempDir Path dir;
  private final ControlDb control = new ControlDb();
  private final TestClock clock = new TestClock(TEN);
  private final InMemoryLogStorage storage = new InMemoryLogStorage(64 << 20);
  private final QueryEngine engine = new QueryEngine(storage, clock, QueryLimits.defaults());
  private final List<AllSeries> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AllSeries each : opened) {
      each.close();
    }
    control.close();
  }

  private AllSeries series(int maxSeries) {
    AllSeries all =
        new AllSeries(
            new SeriesStore(control.jdbc()),
            new SeriesProperties(Duration.ofDays(400), maxSeries),
            engine,
            dir.resolve("series"),
            () -> TEN.minus(Duration.ofMinutes(30)).toEpochMilli(),
            clock);
    opened.add(all);
    return all;
  }

  private static SeriesDefinition definition(String query) {
    return new SeriesDefinition("one", "records", query, 60_000, TEN);
  }

  private void store(Instant time, String app, int count) throws Exception {
    RecordBatchBuilder builder = RecordBatch.builder(List.of("host", "app"));
    int column = builder.column("app");
    for (int i = 0; i < count; i++) {
      builder.time(time.getEpochSecond() * 1_000_000_000L + i);
      builder.value(column, app);
      builder.value(RecordBatchBuilder.MESSAGE, "m");
      builder.end();
    }
    storage.append(builder.build()).get();
  }

  /** Values of an app by the minute relative to ten o'clock. */
  private static Map<Long, Double> values(AllSeries all, String app) throws Exception {
    Map<Long, Double> values = new TreeMap<>();
    for (RunningSeries.Line line :
        all.find("one").orElseThrow().lines(Long.MIN_VALUE, Long.MAX_VALUE)) {
      if (app.equals(line.labels().get("app"))) {
        line.points().forEach((step, value) -> values.put(step - TEN.getEpochSecond() / 60, value));
      }
    }
    return values;
  }

  private void advanceTo(int minute, int second) {
    Instant moment = TEN.plusSeconds(minute * 60L + second);
    clock.advance(Duration.between(clock.instant(), moment));
  }

  @Test
  void put_evaluatesTheRecordsThatExist() throws Exception {
    store(TEN.minusSeconds(600), "shop", 3);
    store(TEN.minusSeconds(60), "shop", 5);
    AllSeries all = series(100);
    all.put(definition(COUNT));
    advanceTo(0, 10);
    all.evaluate();

    assertThat(values(all, "shop")).isEqualTo(Map.of(-10L, 3.0, -1L, 5.0));
  }

  @Test
  void values_areToldAndReadByTheEndOfTheirStep() throws Exception {
    AllSeries all = series(100);
    List<String> told = new ArrayList<>();
    all.onValues(told::add);
    all.put(definition(COUNT));
    store(TEN, "shop", 1);
    store(TEN.plusSeconds(61), "shop", 2);
    clock.advance(Duration.ofSeconds(126));
    all.evaluate();
    assertThat(told).contains("one");
    KeptSeries.Description info = all.named("records").orElseThrow();
    assertThat(info).isEqualTo(all.named("one").orElseThrow());
    assertThat(info.labels()).containsExactly("app");
    assertThat(info.counts()).isTrue();
    Map<Instant, Double> both = Map.of(TEN.plusSeconds(60), 1.0, TEN.plusSeconds(120), 2.0);
    assertThat(points(all, TEN, TEN.plusSeconds(120))).isEqualTo(both);
    assertThat(points(all, TEN.plusSeconds(60), TEN.plusSeconds(120)))
        .isEqualTo(Map.of(TEN.plusSeconds(120), 2.0));
    assertThat(points(all, TEN, TEN.plusSeconds(119))).isEqualTo(Map.of(TEN.plusSeconds(60), 1.0));
    store(TEN.plusSeconds(130), "shop", 1);
    clock.advance(Duration.ofSeconds(60));
    all.evaluate();
    assertThat(points(all, TEN.plusSeconds(120), TEN.plusSeconds(180)))
        .isEqualTo(Map.of(TEN.plusSeconds(180), 1.0));
  }

  private static Map<Instant, Double> points(AllSeries all, Instant after, Instant until)
      throws Exception {
    List<KeptSeries.Points> groups = all.between("one", after, until);
    assertThat(groups).hasSize(1);
    assertThat(groups.getFirst().labels()).isEqualTo(Map.of("app", "shop"));
    return groups.getFirst().points();
  }

  @Test
  void evaluate_countsOnlyStepsThatAreOver() throws Exception {
    AllSeries all = series(100);
    all.put(definition(COUNT));
    store(TEN.plusSeconds(30), "shop", 2);
    advanceTo(1, 4);
    all.evaluate();
    assertThat(values(all, "shop")).isEmpty();

    advanceTo(1, 5);
    all.evaluate();

    assertThat(values(all, "shop")).isEqualTo(Map.of(0L, 2.0));
  }

  @Test
  void lateRecords_changeTheLastSteps() throws Exception {
    AllSeries all = series(100);
    all.put(definition(COUNT));
    store(TEN.plusSeconds(30), "shop", 2);
    advanceTo(1, 10);
    all.evaluate();
    store(TEN.plusSeconds(31), "shop", 1);
    store(TEN.plusSeconds(32), "late", 4);
    advanceTo(2, 10);
    all.evaluate();

    assertThat(values(all, "shop")).isEqualTo(Map.of(0L, 3.0));
    assertThat(values(all, "late")).isEqualTo(Map.of(0L, 4.0));
  }

  @Test
  void values_outliveTheirRecordsAndARestart() throws Exception {
    store(TEN.minusSeconds(600), "shop", 3);
    AllSeries before = series(100);
    before.put(definition(COUNT));
    advanceTo(0, 10);
    before.evaluate();
    before.close();
    storage.delete(ScanRequest.all());

    AllSeries after = series(100);
    store(TEN.plusSeconds(30), "shop", 1);
    advanceTo(1, 10);
    after.evaluate();

    assertThat(values(after, "shop")).isEqualTo(Map.of(-10L, 3.0, 0L, 1.0));
  }

  @Test
  void groups_beyondTheLimit_areLeftOutAndCounted() throws Exception {
    for (int i = 0; i < 5; i++) {
      store(TEN.minusSeconds(120), "app-" + i, 1);
    }
    AllSeries all = series(3);
    all.put(definition(COUNT));
    advanceTo(0, 10);
    all.evaluate();

    assertThat(all.find("one").orElseThrow().progress().series()).isEqualTo(3);
    assertThat(all.find("one").orElseThrow().progress().leftOut()).isEqualTo(2);
  }

  @Test
  void put_anotherQuery_beginsAnew_anotherName_keepsTheValues() throws Exception {
    store(TEN.minusSeconds(120), "shop", 2);
    AllSeries all = series(100);
    all.put(definition(COUNT));
    advanceTo(0, 10);
    all.evaluate();
    all.put(new SeriesDefinition("one", "renamed", COUNT, 60_000, TEN));
    assertThat(values(all, "shop")).isEqualTo(Map.of(-2L, 2.0));

    all.put(definition("app:=other | stats by (app) count() value"));
    assertThat(values(all, "shop")).isEmpty();
  }

  @Test
  void put_noStats_isRefused() {
    assertThatThrownBy(() -> series(100).put(definition("error")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("stats");
  }

  @Test
  void put_takenName_isRefused() throws Exception {
    AllSeries all = series(100);
    all.put(definition(COUNT));
    assertThatThrownBy(() -> all.put(new SeriesDefinition("two", "records", COUNT, 60_000, TEN)))
        .hasMessageContaining("another series");
  }

  @Test
  void expire_removesOldValues() throws Exception {
    store(TEN.minusSeconds(600), "shop", 3);
    AllSeries all = series(100);
    all.put(definition(COUNT));
    advanceTo(0, 10);
    all.evaluate();
    clock.advance(Duration.ofDays(401));
    all.expire();

    assertThat(values(all, "shop")).isEmpty();
  }

  @Test
  void remove_deletesTheFile() throws Exception {
    AllSeries all = series(100);
    all.put(definition(COUNT));
    assertThat(all.remove("one")).isTrue();
    assertThat(all.remove("one")).isFalse();
    assertThat(dir.resolve("series")).isEmptyDirectory();
    assertThat(series(100).all()).isEmpty();
  }

  @Test
  void text_isWhatPrometheusReads() throws Exception {
    store(TEN.minusSeconds(30), "sh\"op", 2);
    AllSeries all = series(100);
    all.put(definition("* | stats by (app) count() value, max(_time) newest"));
    advanceTo(0, 10);
    all.evaluate();

    assertThat(SeriesData.text(all.all()).lines())
        .contains("# TYPE records gauge", "records{app=\"sh\\\"op\"} 2");
  }
}
