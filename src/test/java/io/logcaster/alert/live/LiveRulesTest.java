package io.logcaster.alert.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.TestClock;
import io.logcaster.alert.query.AlertQuery;
import io.logcaster.alert.query.StatsQuery;
import io.logcaster.query.QueryEngine;
import io.logcaster.query.Records;
import io.logcaster.record.RecordBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LiveRulesTest {

  private static final Instant START = Instant.parse("2026-03-04T00:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final QueryEngine engine = new Records().engine();
  private final TestClock clock = new TestClock(START);
  private long latest = Long.MIN_VALUE;
  private final LiveRules live = new LiveRules(engine::filter, () -> latest, clock);
  private final List<String> urgent = new ArrayList<>();

  @Test
  void take_whenAGroupReachesItsLimit_namesTheRule() {
    watch("errors", "level:=ERROR | stats by (app) count() value", 3);
    watch("shop", "app:=shop level:=ERROR \"order failed\" | stats count() value", 2);
    watch("bank", "app:=bank | stats count() value", 1);

    take(List.of(row("shop", "ERROR", "order failed"), row("cart", "ERROR", "order failed")));
    assertThat(urgent).isEmpty();
    take(List.of(row("shop", "INFO", "order failed"), row("shop", "ERROR", "other")));
    assertThat(urgent).isEmpty();
    take(List.of(row("shop", "ERROR", "order failed")));
    assertThat(urgent).containsExactlyInAnyOrder("errors", "shop");
  }

  @Test
  void mayFind_beforeAWholeWindowWasCounted_isTrue() {
    LiveWatch watch = watch("r", "app:=shop | stats count() value", 2);
    assertThat(watch.mayFind(2, clock.instant())).isTrue();
    clock.advance(MINUTE);
    assertThat(watch.mayFind(2, clock.instant())).isFalse();
    take(List.of(row("shop", "INFO", "a"), row("shop", "INFO", "b")));
    assertThat(watch.mayFind(2, clock.instant())).isTrue();
    clock.advance(MINUTE.multipliedBy(2));
    assertThat(watch.mayFind(1, clock.instant())).isFalse();
    watch.countFrom(clock.instant());
    assertThat(watch.mayFind(1, clock.instant())).isTrue();
  }

  @Test
  void mayFind_whileStoredRecordsOfTheFutureEnterTheWindow_isTrue() {
    latest = nanos(clock.instant().plusSeconds(600));
    LiveWatch watch = watch("r", "app:=shop | stats count() value", 1);
    clock.advance(Duration.ofSeconds(659));
    assertThat(watch.mayFind(1, clock.instant())).isTrue();
    clock.advance(Duration.ofSeconds(1));
    assertThat(watch.mayFind(1, clock.instant())).isFalse();
  }

  @Test
  void refresh_ofManyNewRules_readsTheStorageOnce() {
    AtomicInteger reads = new AtomicInteger();
    LiveRules rules =
        new LiveRules(
            engine::filter,
            () -> {
              reads.incrementAndGet();
              return Long.MIN_VALUE;
            },
            clock);
    for (int i = 0; i < 1_000; i++) {
      rules.watch("r" + i, query("app:=a" + i + " | stats count() value"), MINUTE, 1);
    }
    rules.take(batch(List.of(row("a7", "INFO", "m"))), urgent::add);
    assertThat(urgent).isEmpty();
    rules.refresh();
    rules.refresh();
    rules.take(batch(List.of(row("a7", "INFO", "m"))), urgent::add);
    assertThat(urgent).containsExactly("r7");
    assertThat(reads).hasValue(1);
  }

  @Test
  void refresh_afterABatchThatNewRulesMayHaveMissed_namesThem() {
    live.start(urgent::add);
    try (live) {
      watch("old", "app:=shop | stats count() value", 5);
      LiveWatch watch = live.watch("new", query("app:=bank | stats count() value"), MINUTE, 1);
      assertThat(watch.mayFind(1, clock.instant().plusSeconds(3_600))).isTrue();
      live.stored(batch(List.of(row("shop", "INFO", "a"))));
      live.refresh();
      assertThat(urgent).containsExactly("new");
      live.watch("later", query("app:=bank | stats count() value"), MINUTE, 1);
      live.refresh();
      assertThat(urgent).containsExactly("new");
    }
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }

  @Test
  void mayFind_withTooManyGroups_isTrue() {
    LiveWatch watch = watch("r", "* | stats by (user) count() value", 5);
    clock.advance(MINUTE);
    for (int i = 0; i < LiveCounts.MAX_GROUPS + 10; i++) {
      Map<String, String> row = new HashMap<>(row("shop", "INFO", "a"));
      row.put("user", "u" + i);
      take(List.of(row));
    }
    assertThat(watch.mayFind(5, clock.instant())).isTrue();
  }

  @Test
  void late_records_areNotedForTheirRulesOnly() {
    LiveWatch shop = watch("shop", "app:=shop | stats count() value", 1);
    LiveWatch bank = watch("bank", "app:=bank | stats count() value", 1);
    clock.advance(Duration.ofMinutes(10));
    Map<String, String> row = new HashMap<>(row("shop", "INFO", "a"));
    row.put("_time", clock.instant().minusSeconds(300).toString());
    take(List.of(row));
    assertThat(urgent).containsExactly("shop");
    assertThat(shop.mayFindLate(Duration.ofSeconds(5), clock.instant())).isTrue();
    assertThat(bank.mayFindLate(Duration.ofSeconds(5), clock.instant())).isFalse();
  }

  @Test
  void watch_ofAQueryThatCannotBeTold_isNone() {
    assertThat(watch("r", "_time:5m | stats count() value", 1)).isNull();
    assertThat(watch("r", "* | extract '<a>=' | stats count() value", 1)).isNull();
    assertThat(watch("r", "app:in(app:=x | fields app) | stats count() value", 1)).isNull();
  }

  @Property(tries = 200)
  void mayFind_neverMissesAGroupThatHasEnoughRecords(@ForAll long seed) {
    Random random = new Random(seed);
    LiveRules rules = new LiveRules(engine::filter, () -> Long.MIN_VALUE, clock);
    LiveWatch watch =
        rules.watch("r", query("level:=ERROR | stats by (app, host) count() value"), MINUTE, 1);
    rules.refresh();
    clock.advance(MINUTE);
    List<Map<String, String>> sent = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      List<Map<String, String>> rows = new ArrayList<>();
      for (int j = random.nextInt(12); j >= 0; j--) {
        Map<String, String> row =
            new HashMap<>(
                row("app" + random.nextInt(4), random.nextBoolean() ? "ERROR" : "INFO", "m"));
        row.put("host", "h" + random.nextInt(3));
        row.put("_time", clock.instant().minusMillis(random.nextInt(90_000)).toString());
        rows.add(row);
      }
      sent.addAll(rows);
      rules.take(batch(rows), (rule) -> {});
      clock.advance(Duration.ofMillis(random.nextInt(9_000)));
      long largest = largest(sent, clock.instant());
      if (largest > 0) {
        assertThat(watch.mayFind(largest, clock.instant())).as("seed %d", seed).isTrue();
      }
    }
  }

  private static long largest(List<Map<String, String>> rows, Instant now) {
    Map<String, Long> counts = new HashMap<>();
    for (Map<String, String> row : rows) {
      Instant time = Instant.parse(row.get("_time"));
      if (row.get("level").equals("ERROR")
          && time.isBefore(now)
          && !time.isBefore(now.minus(MINUTE))) {
        counts.merge(row.get("app") + row.get("host"), 1L, Long::sum);
      }
    }
    return counts.values().stream().max(Long::compare).orElse(0L);
  }

  private LiveWatch watch(String rule, String query, long limit) {
    LiveWatch watch = live.watch(rule, query(query), MINUTE, limit);
    live.refresh();
    return watch;
  }

  private AlertQuery query(String text) {
    return StatsQuery.compile(engine, text);
  }

  private void take(List<Map<String, String>> rows) {
    live.take(batch(rows), urgent::add);
  }

  private Map<String, String> row(String app, String level, String message) {
    return Map.of("app", app, "level", level, "_msg", message, "_time", clock.instant().toString());
  }

  private static RecordBatch batch(List<Map<String, String>> rows) {
    Records records = new Records();
    rows.forEach(records::add);
    return records.batch();
  }
}
