package io.logcaster.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.TestClock;
import io.logcaster.alert.rule.ControlDb;
import io.logcaster.nodes.NodeRows;
import io.logcaster.query.QueryEngine;
import io.logcaster.query.QueryLimits;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Severity;
import io.logcaster.source.SourceView.By;
import io.logcaster.storage.InMemoryLogStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class SourcesTest {

  private static final Instant TEN = Instant.parse("2026-11-30T10:00:00Z");

  private final ControlDb control = new ControlDb();
  private final TestClock clock = new TestClock(TEN);
  private final InMemoryLogStorage storage = new InMemoryLogStorage(64 << 20);
  private Sources sources = new Sources(1_000, clock);

  @AfterEach
  void close() {
    control.close();
  }

  private SourceStore store(NodeRows rows) {
    return new SourceStore(
        new JdbcTemplate(control.source()),
        new TransactionTemplate(new DataSourceTransactionManager(control.source())),
        rows);
  }

  private SourceTask task(Sources of) {
    return new SourceTask(
        of, store(NodeRows.alone()), () -> new QueryEngine(storage, clock, QueryLimits.defaults()));
  }

  private RecordBatch batch(String host, String app, int count, int errors) {
    RecordBatchBuilder builder = RecordBatch.builder(List.of("host", "app"));
    int hostColumn = builder.column("host");
    int appColumn = builder.column("app");
    for (int i = 0; i < count; i++) {
      builder.time(clock.instant().getEpochSecond() * 1_000_000_000L);
      builder.value(hostColumn, host);
      builder.value(appColumn, app);
      builder.severity(Severity.parse(i < errors ? "ERROR" : "INFO"));
      builder.value(RecordBatchBuilder.MESSAGE, "m");
      builder.end();
    }
    return builder.build();
  }

  private void arrive(String host, String app) {
    sources.stored(batch(host, app, 1, 0));
  }

  private SourceView only(By by, String name) {
    return sources.views(by, 3).stream()
        .filter((view) -> name.equals(by == By.APP ? view.app() : view.host()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void stored_countsRecordsErrorsAndTimes() {
    sources.stored(batch("web-1", "shop", 8, 2));
    clock.advance(Duration.ofSeconds(10));
    sources.stored(batch("web-1", "shop", 2, 2));

    SourceView view = only(By.HOST, "web-1");
    assertThat(view.records()).isEqualTo(10);
    assertThat(view.firstSeen()).isEqualTo(TEN);
    assertThat(view.lastSeen()).isEqualTo(TEN.plusSeconds(10));
    assertThat(view.errorShare()).isBetween(0.35, 0.45);
  }

  @Test
  void rate_isThatOfTheLastMinutes_andFadesInSilence() {
    for (int second = 0; second < 3_000; second++) {
      clock.advance(Duration.ofSeconds(1));
      sources.stored(batch("web-1", "shop", 20, 0));
    }
    assertThat(only(By.HOST, "web-1").rate()).isBetween(19.0, 21.0);

    clock.advance(Duration.ofMinutes(30));
    assertThat(only(By.HOST, "web-1").rate()).isLessThan(0.1);
  }

  @Test
  void quiet_afterMuchMoreThanItsUsualSilence() {
    for (int i = 0; i < 100; i++) {
      arrive("web-1", "shop");
      clock.advance(Duration.ofSeconds(30));
    }
    assertThat(only(By.HOST, "web-1").quiet()).isFalse();
    assertThat(only(By.HOST, "web-1").usualSilenceSeconds()).isEqualTo(32);

    clock.advance(Duration.ofSeconds(100));
    assertThat(only(By.HOST, "web-1").quiet()).isTrue();

    arrive("web-1", "shop");
    assertThat(only(By.HOST, "web-1").quiet()).isFalse();
  }

  @Test
  void quiet_jobThatLogsForAMinuteEachHour_isUsuallySilentForAnHour() {
    for (int hour = 0; hour < 24; hour++) {
      for (int second = 0; second < 60; second++) {
        arrive("db-1", "backup");
        clock.advance(Duration.ofSeconds(1));
      }
      clock.advance(Duration.ofMinutes(59));
    }
    clock.advance(Duration.ofMinutes(50));
    assertThat(only(By.APP, "backup").quiet()).isFalse();

    clock.advance(Duration.ofHours(3));
    assertThat(only(By.APP, "backup").quiet()).isTrue();
  }

  @Test
  void quiet_oneOutageChangesNothing() {
    Rhythm rhythm = new Rhythm();
    for (int i = 0; i < 50_000; i++) {
      rhythm.silence(10);
    }
    rhythm.silence(6 * 3_600);

    assertThat(rhythm.usual()).isEqualTo(16);
  }

  @Test
  void quiet_withoutARhythm_isFalse() {
    arrive("new", "x");
    clock.advance(Duration.ofDays(3));

    assertThat(only(By.HOST, "new").quiet()).isFalse();
    assertThat(only(By.HOST, "new").usualSilenceSeconds()).isZero();
  }

  @Test
  void group_isQuietOnlyIfAllOfItsSourcesAre() {
    for (int i = 0; i < 100; i++) {
      arrive("web-1", "shop");
      arrive("web-1", "proxy");
      clock.advance(Duration.ofSeconds(10));
    }
    for (int i = 0; i < 30; i++) {
      arrive("web-1", "proxy");
      clock.advance(Duration.ofSeconds(10));
    }

    assertThat(only(By.APP, "shop").quiet()).isTrue();
    assertThat(only(By.HOST, "web-1").quiet()).isFalse();
    assertThat(sources.views(By.BOTH, 3)).hasSize(2);
  }

  @Test
  void saved_isTheSameAfterARestart() {
    SourceTask task = task(sources);
    task.load();
    for (int i = 0; i < 100; i++) {
      arrive("web-1", "shop");
      clock.advance(Duration.ofSeconds(30));
    }
    task.save();
    List<SourceView> before = sources.views(By.BOTH, 3);

    sources = new Sources(1_000, clock);
    task(sources).load();

    assertThat(sources.views(By.BOTH, 3)).isEqualTo(before);
  }

  @Test
  void restart_isNoSilenceOfTheSources() {
    SourceTask task = task(sources);
    task.load();
    for (int i = 0; i < 10; i++) {
      arrive("web-1", "shop");
      clock.advance(Duration.ofSeconds(10));
    }
    task.save();
    clock.advance(Duration.ofHours(8));
    sources = new Sources(1_000, clock);
    task(sources).load();
    assertThat(only(By.HOST, "web-1").quiet()).isFalse();
    arrive("web-1", "shop");

    assertThat(only(By.HOST, "web-1").usualSilenceSeconds()).isEqualTo(16);
  }

  @Test
  void load_theFirstTime_readsTheRecordsThatExist() throws Exception {
    storage.append(batch("old-1", "shop", 5, 0)).get();
    clock.advance(Duration.ofDays(1));
    arrive("web-1", "shop");
    task(sources).load();

    assertThat(only(By.HOST, "old-1").records()).isEqualTo(5);
    assertThat(only(By.HOST, "old-1").lastSeen()).isEqualTo(TEN);
    assertThat(sources.views(By.BOTH, 3)).hasSize(2);
    assertThat(sources.views(By.BOTH, 3).getFirst().host()).isEqualTo("web-1");
  }

  @Test
  void sources_beyondTheLimit_forgetTheOneSilentForLongest_alsoInTheTable() {
    sources = new Sources(3, clock);
    SourceTask task = task(sources);
    task.load();
    for (int i = 0; i < 5; i++) {
      arrive("web-" + i, "shop");
      task.save();
      clock.advance(Duration.ofSeconds(1));
    }

    assertThat(sources.views(By.HOST, 3))
        .extracting(SourceView::host)
        .containsExactly("web-4", "web-3", "web-2");
    assertThat(store(NodeRows.alone()).all(TEN)).hasSize(3);
  }

  @Test
  void rows_ofNodesThatShareADatabase_stayApart_untilANodeIsAwayForLong(@TempDir Path directory) {
    NodeRows one = new NodeRows("logs-1", directory);
    NodeRows two = new NodeRows("logs-2", directory);
    saved(one, 3);
    saved(two, 5);

    assertThat(store(one).all(TEN)).extracting(Source::records).containsExactly(3L);
    assertThat(store(two).all(TEN)).extracting(Source::records).containsExactly(5L);

    clock.advance(Duration.ofDays(NodeRows.KEPT_DAYS + 1));
    saved(two, 7);

    assertThat(store(two).all(clock.instant())).extracting(Source::records).containsExactly(7L);
    assertThat(store(one).all(clock.instant())).isEmpty();
  }

  private void saved(NodeRows rows, int count) {
    Sources counted = new Sources(1_000, clock);
    counted.stored(batch("web-1", "shop", count, 0));
    store(rows).save(counted.takeChanges());
  }

  @Test
  void rows_ofAVersionThatDidNotDivideThem_goToTheFirstNode(@TempDir Path directory) {
    saved(NodeRows.alone(), 3);

    assertThat(store(new NodeRows(null, directory)).all(TEN)).hasSize(1);
    assertThat(store(new NodeRows("logs-2", directory)).all(TEN)).isEmpty();
    assertThat(store(new NodeRows(null, directory)).all(TEN)).hasSize(1);
  }
}
