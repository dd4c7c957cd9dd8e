package io.logcaster.alert.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.TestClock;
import io.logcaster.alert.condition.Arrivals;
import io.logcaster.alert.query.AlertQuery;
import io.logcaster.alert.query.StatsQuery;
import io.logcaster.query.QueryEngine;
import io.logcaster.query.QueryLimits;
import io.logcaster.query.Records;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.InMemoryLogStorage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LiveRulesTest {

  private static final Instant START = Instant.parse("2026-03-04T00:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Records stored = new Records();
  private QueryEngine engine = stored.engine();
  private final TestClock clock = new TestClock(START);
  private long latest = Long.MIN_VALUE;
  private LiveRules live = new LiveRules(engine::filter, () -> latest, clock);
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
  void watch_whereOtherNodesStoreRecordsToo_isNone() {
    live = new LiveRules(engine::filter, () -> latest, clock, false);

    assertThat(live.watch("r", query("app:=shop | stats count() value"), MINUTE, 1)).isNull();
  }

  @Test
  void mayFind_beforeTheStoreWasAsked_isTrue() throws IOException {
    LiveWatch watch = watch("r", "app:=shop | stats count() value", 2);
    assertThat(mayFind(watch, 2)).isTrue();
    watch.seed(clock.instant());
    assertThat(mayFind(watch, 2)).isFalse();
    take(List.of(row("shop", "INFO", "a"), row("shop", "INFO", "b")));
    assertThat(mayFind(watch, 2)).isTrue();
    clock.advance(MINUTE.multipliedBy(2));
    assertThat(mayFind(watch, 1)).isFalse();
    watch.countFrom(clock.instant());
    assertThat(mayFind(watch, 1)).isTrue();
    watch.seed(clock.instant());
    assertThat(mayFind(watch, 1)).isFalse();
  }

  private boolean mayFind(LiveWatch watch, long limit) {
    Arrivals arrivals = watch.arrivals(clock.instant());
    return arrivals == null || arrivals.most() >= limit;
  }

  @Test
  void seed_countsWhatWasStoredBefore_andWhatWasCountedMeanwhileOnce() throws IOException {
    stored.add(row("shop", "INFO", "a"));
    stored.add(row("shop", "INFO", "b"));
    stored.add(row("bank", "INFO", "c"));
    start();
    LiveWatch watch = watch("r", "* | stats by (app) count() value", 5);
    take(List.of(row("shop", "INFO", "b"), row("bank", "INFO", "c")));
    watch.seed(clock.instant());
    take(List.of(row("shop", "INFO", "d")));
    assertThat(counts(watch)).isEqualTo(Map.of("shop", 3L, "bank", 1L));
    clock.advance(MINUTE.multipliedBy(2));
    assertThat(counts(watch)).isEmpty();
  }

  private Map<String, Long> counts(LiveWatch watch) {
    Map<Long, Long> byKey = new HashMap<>();
    Arrivals arrivals = Objects.requireNonNull(watch.arrivals(clock.instant()));
    boolean any =
        arrivals.anyGroup(
            (key, least, most) -> {
              byKey.put(key, most);
              return false;
            });
    assertThat(any).isFalse();
    Map<String, Long> found = new HashMap<>();
    for (String app : List.of("shop", "bank")) {
      Long most = byKey.get(arrivals.key(Map.of("app", app)));
      if (most != null) {
        found.put(app, most);
      }
    }
    return found;
  }

  @Test
  void least_isNeverMoreThanTheWindowHas() throws IOException {
    LiveWatch watch = watch("r", "* | stats count() value", 5);
    watch.seed(clock.instant());
    take(List.of(row("shop", "INFO", "a")));
    assertThat(watch.least(0)).isZero(); // the current bucket may have times to come
    clock.advance(Duration.ofSeconds(5));
    assertThat(Objects.requireNonNull(watch.arrivals(clock.instant())).least(0)).isEqualTo(1);
    clock.advance(Duration.ofSeconds(56));
    assertThat(Objects.requireNonNull(watch.arrivals(clock.instant())).least(0)).isZero();
  }

  @Test
  void mayFind_whileStoredRecordsOfTheFutureEnterTheWindow_isTrue() throws IOException {
    Map<String, String> future = new HashMap<>(row("shop", "INFO", "a"));
    future.put("_time", clock.instant().plusSeconds(600).toString());
    stored.add(future);
    start();
    latest = nanos(clock.instant().plusSeconds(600));
    LiveWatch watch = watch("r", "app:=shop | stats count() value", 1);
    LiveWatch other = watch("s", "app:=bank | stats count() value", 1);
    watch.seed(clock.instant());
    other.seed(clock.instant());
    assertThat(mayFind(watch, 2)).isFalse();
    clock.advance(Duration.ofSeconds(659));
    assertThat(mayFind(watch, 1)).isTrue();
    assertThat(mayFind(other, 1)).isFalse();
    clock.advance(Duration.ofSeconds(10));
    assertThat(mayFind(watch, 1)).isFalse();
  }

  @Test
  void mayFind_whileACountedRecordOfTheFutureIsFarAway_isFalse() throws IOException {
    LiveWatch watch = watch("r", "app:=shop | stats count() value", 1);
    watch.seed(clock.instant());
    Map<String, String> future = new HashMap<>(row("shop", "INFO", "a"));
    future.put("_time", clock.instant().plusSeconds(86_400).toString());
    take(List.of(future));
    assertThat(mayFind(watch, 1)).isFalse();
    clock.advance(Duration.ofDays(1));
    assertThat(mayFind(watch, 1)).isTrue();
  }

  @Test
  void refresh_ofManyNewRules_watchesThemFromThenOn() {
    for (int i = 0; i < 1_000; i++) {
      live.watch("r" + i, query("app:=a" + i + " | stats count() value"), MINUTE, 1);
    }
    take(List.of(row("a7", "INFO", "m")));
    assertThat(urgent).isEmpty();
    live.refresh();
    take(List.of(row("a7", "INFO", "m")));
    assertThat(urgent).containsExactly("r7");
  }

  @Test
  void take_ofRulesWithWordsAndPhrases_findsWholeWordsOnly() {
    watch("word", "failed | stats count() value", 1);
    watch("phrase", "\"order failed\" | stats count() value", 1);
    watch("both", "order app:=shop | stats count() value", 1);
    take(List.of(row("shop", "INFO", "reorders failedly"), row("bank", "INFO", "order")));
    assertThat(urgent).isEmpty();
    take(List.of(row("bank", "INFO", "failed order")));
    assertThat(urgent).containsExactly("word");
    take(List.of(row("shop", "INFO", "the order failed.")));
    assertThat(urgent).containsExactlyInAnyOrder("word", "word", "phrase", "both");
  }

  @Test
  void refresh_afterABatchThatNewRulesMayHaveMissed_namesThem() {
    live.start(urgent::add);
    try (LiveRules running = live) {
      watch("old", "app:=shop | stats count() value", 5);
      LiveWatch watch = live.watch("new", query("app:=bank | stats count() value"), MINUTE, 1);
      assertThat(mayFind(watch, 1)).isTrue();
      running.stored(batch(List.of(row("shop", "INFO", "a"))));
      running.refresh();
      assertThat(urgent).containsExactly("new");
      running.watch("later", query("app:=bank | stats count() value"), MINUTE, 1);
      running.refresh();
      assertThat(urgent).containsExactly("new");
    }
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }

  @Test
  void mayFind_withTooManyGroups_isTrue() throws IOException {
    LiveWatch watch = watch("r", "* | stats by (user) count() value", 5);
    watch.seed(clock.instant());
    for (int i = 0; i < LiveCounts.MAX_GROUPS + 10; i++) {
      Map<String, String> row = new HashMap<>(row("shop", "INFO", "a"));
      row.put("user", "u" + i);
      take(List.of(row));
    }
    assertThat(mayFind(watch, 5)).isTrue();
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
  void arrivals_neverMissAGroupThatHasEnoughRecords(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    LiveRules rules = new LiveRules(engine::filter, () -> Long.MIN_VALUE, clock);
    LiveWatch watch =
        rules.watch("r", query("level:=ERROR | stats by (app, host) count() value"), MINUTE, 1);
    rules.refresh();
    watch.seed(clock.instant());
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
        assertThat(mayFind(watch, largest)).as("seed %d", seed).isTrue();
      }
      assertThat(Objects.requireNonNull(watch.arrivals(clock.instant())).least(key(watch)))
          .as("seed %d", seed)
          .isLessThanOrEqualTo(count(sent, clock.instant(), "app0h0"));
    }
  }

  @Property(tries = 100)
  void past_neverMissesAGroupThatHasEnoughLateRecords(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    InMemoryLogStorage storage = storage();
    List<Map<String, String>> sent = new ArrayList<>();
    for (int i = random.nextInt(200); i >= 0; i--) {
      sent.add(errorOfTheLast(random, 3_900_000));
    }
    storage.append(batch(sent)).join();
    LiveRules rules = new LiveRules(engine::filter, () -> Long.MIN_VALUE, clock);
    LiveWatch watch =
        rules.watch("r", query("level:=ERROR | stats by (app, host) count() value"), MINUTE, 1);
    rules.refresh();
    watch.seed(clock.instant());
    for (int i = 0; i < 30; i++) {
      List<Map<String, String>> rows = new ArrayList<>();
      for (int j = random.nextInt(12); j >= 0; j--) {
        rows.add(errorOfTheLast(random, random.nextBoolean() ? 1_200_000 : 90_000));
      }
      sent.addAll(rows);
      storage.append(batch(rows)).join();
      rules.take(batch(rows), (rule) -> {});
      clock.advance(Duration.ofMillis(random.nextInt(30_000)));
      Instant now = clock.instant();
      Instant end = now.minusSeconds(60 + random.nextInt(1_200));
      watch.seedPast(List.of(end), now);
      Arrivals past = watch.past(end, now);
      if (past != null) {
        assertThat(past.most()).as("seed %d", seed).isGreaterThanOrEqualTo(largest(sent, end));
      }
    }
    assertThat(watch.past(clock.instant().minusSeconds(60), clock.instant()))
        .as("seed %d", seed)
        .isNotNull();
  }

  private Map<String, String> errorOfTheLast(Random random, int millis) {
    Map<String, String> row = new HashMap<>(row("app" + random.nextInt(4), "ERROR", "m"));
    row.put("host", "h");
    row.put("_time", clock.instant().minusMillis(random.nextInt(millis)).toString());
    return row;
  }

  /** What queries see from now on. */
  private InMemoryLogStorage storage() {
    InMemoryLogStorage storage = new InMemoryLogStorage(Long.MAX_VALUE);
    engine = new QueryEngine(storage, clock, QueryLimits.defaults());
    live = new LiveRules(engine::filter, () -> latest, clock);
    return storage;
  }

  @Test
  void past_ofRareLateRecords_isFarBelowTheLimit_soThatTheStoreIsNotAsked() throws IOException {
    InMemoryLogStorage storage = storage();
    LiveWatch watch = watch("r", "app:=shop | stats count() value", 100);
    watch.seed(clock.instant());
    clock.advance(Duration.ofMinutes(30));
    Instant end = clock.instant().minusSeconds(600);
    Map<String, String> late = new HashMap<>(row("shop", "INFO", "a"));
    late.put("_time", end.minusSeconds(1).toString());
    assertThat(watch.past(end, clock.instant())).isNull();
    storage.append(batch(List.of(late))).join();
    take(List.of(late));
    watch.seedPast(List.of(end), clock.instant());
    assertThat(Objects.requireNonNull(watch.past(end, clock.instant())).most()).isEqualTo(1);
  }

  private static long key(LiveWatch watch) {
    return watch.key(Map.of("app", "app0", "host", "h0"));
  }

  private static long count(List<Map<String, String>> rows, Instant now, String group) {
    return counts(rows, now).getOrDefault(group, 0L);
  }

  private static long largest(List<Map<String, String>> rows, Instant now) {
    return counts(rows, now).values().stream().max(Long::compare).orElse(0L);
  }

  private static Map<String, Long> counts(List<Map<String, String>> rows, Instant now) {
    Map<String, Long> counts = new HashMap<>();
    for (Map<String, String> row : rows) {
      Instant time = Instant.parse(row.get("_time"));
      if (row.get("level").equals("ERROR")
          && time.isBefore(now)
          && !time.isBefore(now.minus(MINUTE))) {
        counts.merge(row.get("app") + row.get("host"), 1L, Long::sum);
      }
    }
    return counts;
  }

  /** Starts with what is stored. */
  private void start() {
    engine = stored.engine();
    live = new LiveRules(engine::filter, () -> latest, clock);
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
