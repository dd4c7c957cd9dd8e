package io.logcaster.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.TestClock;
import io.logcaster.alert.AlertChange;
import io.logcaster.alert.AlertFeed;
import io.logcaster.alert.AlertState;
import io.logcaster.alert.condition.AlertRule;
import io.logcaster.alert.condition.Condition;
import io.logcaster.alert.condition.RuleTools;
import io.logcaster.alert.live.LateRecords;
import io.logcaster.alert.query.AlertQuery;
import io.logcaster.alert.query.GroupValue;
import io.logcaster.alert.state.RuleAlerts;
import io.logcaster.cluster.Lease;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.system.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

class RuleEvaluatorTest {

  private static final Map<String, String> SHOP = Map.of("app", "shop");

  private final ControlDb db = new ControlDb();
  private final TestClock clock = new TestClock(Instant.parse("2026-11-21T10:00:00Z"));
  private final List<AlertChange> told = new ArrayList<>();

  /** The results of queries, by their text. */
  private final Map<String, AlertQuery> answers = new HashMap<>();

  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final LateRecords late = new LateRecords(clock);
  private RuleEvaluator evaluator = evaluator(2);

  @BeforeEach
  void noShippedRules() {
    db.rules().all().forEach((rule) -> db.rules().delete(rule.id()));
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void tick_evaluatesEachRuleOncePerInterval() {
    List<Instant> asked = new ArrayList<>();
    answers.put(
        "q",
        (start, end) -> {
          assertThat(Duration.between(start, end)).isEqualTo(Duration.ofMinutes(1));
          asked.add(end);
          return List.of();
        });
    add(rule("r", "q", true));
    Instant start = clock.instant();
    for (int i = 0; i <= 12; i++) {
      tickAndRun();
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(asked).containsExactly(start, start.plusSeconds(5), start.plusSeconds(10));
  }

  @Test
  void tick_whileAQueryIsSlow_skipsEvaluations() {
    answers.put("q", (start, end) -> List.of());
    add(rule("r", "q", true));
    for (int i = 0; i < 60; i++) {
      evaluator.tick();
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(tasks).hasSize(1);
    run();
    evaluator.tick();
    evaluator.tick();
    assertThat(tasks).hasSize(1);
  }

  @Test
  void tick_withMoreDueRulesThanMayRun_startsTheOthersLater() {
    List<String> asked = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d", "e")) {
      answers.put(
          name,
          (start, end) -> {
            asked.add(name);
            return List.of();
          });
      add(rule(name, name, true));
    }
    evaluator.tick();
    assertThat(tasks).hasSize(2);
    run();
    evaluator.tick();
    run();
    evaluator.tick();
    run();
    assertThat(asked).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
  }

  @Test
  void tick_withAValueThatIsNotANumber_reportsItOnTheRule_andEvaluatesTheOthers() {
    answers.put(
        "q",
        (start, end) ->
            List.of(
                new GroupValue(Map.of("app", "odd"), Double.NaN, "{\"a\":1}"),
                new GroupValue(SHOP, 11)));
    add(rule("r", "q", true));
    tickAndRun();
    assertThat(evaluator.status("r").lastError())
        .isEqualTo(
            "The value of {app=odd} is '{\"a\":1}', which is not a number. Compare a count, a sum"
                + " or a field of numbers.");
    assertThat(evaluator.firing()).isEqualTo(1);
  }

  @Test
  void tick_afterLateRecords_evaluatesTheirWindow() {
    Instant time = clock.instant().minusSeconds(180);
    answers.put(
        "q",
        (start, end) ->
            (start.isAfter(time) || !end.isAfter(time))
                ? List.of()
                : List.of(new GroupValue(SHOP, 11)));
    add(rule("r", "q", true));
    tickAndRun();
    assertThat(evaluator.firing()).isZero();
    late.stored(batch(time));
    clock.advance(Duration.ofSeconds(5));
    tickAndRun();
    assertThat(evaluator.firing()).isEqualTo(1);
    // They count for as long as records in time.
    clock.advance(Duration.ofSeconds(56));
    tickAndRun();
    assertThat(evaluator.firing()).isZero();
  }

  @Test
  void tick_afterRecordsInTime_evaluatesTheirWindowOnce() {
    List<Instant> asked = new ArrayList<>();
    answers.put(
        "q",
        (start, end) -> {
          asked.add(end);
          return List.of();
        });
    add(rule("r", "q", true));
    Instant first = clock.instant();
    late.stored(batch(first.minusSeconds(3)));
    // Imported history causes no alerts.
    late.stored(batch(first.minusSeconds(7_200)));
    List<Instant> expected = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      expected.add(clock.instant());
      tickAndRun();
      clock.advance(Duration.ofSeconds(5));
    }
    assertThat(asked).isEqualTo(expected);
  }

  @Test
  void ends_ofScatteredRecords_coverThemWithFewWindows() {
    Instant now = clock.instant();
    for (int minute = 2; minute < 59; minute++) {
      late.stored(batch(now.minusSeconds(60L * minute)));
    }
    late.stored(batch(now.minusSeconds(130)));
    List<Instant> ends = late.ends(rule("r", "q", true), now);
    assertThat(ends).hasSize(10).startsWith(now.minusSeconds(119), now.minusSeconds(179));
  }

  private static RecordBatch batch(Instant time) {
    RecordBatchBuilder builder = RecordBatch.builder(List.of("app"));
    builder.time(time.getEpochSecond() * 1_000_000_000L);
    builder.value(RecordBatchBuilder.MESSAGE, "late");
    builder.end();
    return builder.build();
  }

  @Test
  void tick_whenAQueryFails_reportsItOnTheRule_andKeepsItsAlerts() {
    answers.put("q", (start, end) -> List.of(new GroupValue(SHOP, 11)));
    add(rule("r", "q", true));
    tickAndRun();
    answers.put(
        "q",
        (start, end) -> {
          throw new IOException("the disk is gone");
        });
    reload("r");
    clock.advance(Duration.ofSeconds(5));
    tickAndRun();

    assertThat(evaluator.status("r").lastError()).isEqualTo("the disk is gone");
    assertThat(evaluator.status("r").state()).isEqualTo(AlertState.FIRING);
    assertThat(told).hasSize(1);
    assertThat(evaluator.firing()).isEqualTo(1);
  }

  @Test
  void tick_whenAStoredQueryDoesNotCompile_reportsWhy() {
    add(rule("r", "unknown", true));
    tickAndRun();
    assertThat(evaluator.status("r").lastError()).isEqualTo("unknown is not understood");
  }

  @Test
  void tick_whenAQueryReturnsTooManyGroups_reportsIt() {
    answers.put(
        "q",
        (start, end) -> {
          List<GroupValue> many = new ArrayList<>();
          for (int i = 0; i <= Condition.MAX_GROUPS; i++) {
            many.add(new GroupValue(Map.of("user", "u" + i), 100));
          }
          return many;
        });
    add(rule("r", "q", true));
    tickAndRun();
    assertThat(evaluator.status("r").lastError()).contains("1,001 groups").contains("fewer fields");
    assertThat(evaluator.firing()).isZero();
  }

  @Test
  void active_showsTheMostSeriousFirst() {
    answers.put("q", (start, end) -> List.of(new GroupValue(SHOP, 11)));
    for (String severity : List.of("warning", "critical", "info", "error")) {
      add(Rules.severe(rule(severity, "q", true), severity));
      tickAndRun();
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(evaluator.active())
        .extracting((raised) -> raised.alert().severity())
        .containsExactly("critical", "error", "warning", "info");
  }

  @Test
  void load_afterARestart_keepsFiringWithoutASecondChange() {
    answers.put("q", (start, end) -> List.of(new GroupValue(SHOP, 11)));
    add(rule("r", "q", true));
    tickAndRun();
    assertThat(told).hasSize(1);
    Instant since = evaluator.active().getFirst().alert().since();

    clock.advance(Duration.ofSeconds(30));
    evaluator = evaluator(2);
    evaluator.load();
    tickAndRun();

    assertThat(told).hasSize(1);
    assertThat(evaluator.firing()).isEqualTo(1);
    assertThat(evaluator.active().getFirst().alert().since()).isEqualTo(since);
    assertThat(db.alerts().history(null, 10)).containsExactlyElementsOf(told);
  }

  @Test
  void put_ofADisabledRule_resolvesItsAlerts_andStopsEvaluations() {
    answers.put("q", (start, end) -> List.of(new GroupValue(SHOP, 11)));
    add(rule("r", "q", true));
    tickAndRun();
    AlertRule disabled = rule("r", "q", false);
    db.rules().replace(disabled);
    evaluator.put(disabled);
    clock.advance(Duration.ofMinutes(1));
    evaluator.tick();

    assertThat(tasks).isEmpty();
    assertThat(told)
        .extracting(AlertChange::to)
        .containsExactly(AlertState.FIRING, AlertState.INACTIVE);
    assertThat(db.alerts().active()).isEmpty();
  }

  @Test
  void put_whileTheOldQueryRuns_dropsItsResult() {
    answers.put("old", (start, end) -> List.of(new GroupValue(SHOP, 11)));
    answers.put("new", (start, end) -> List.of());
    add(rule("r", "old", true));
    evaluator.tick();
    evaluator.put(rule("r", "new", true));
    run();
    assertThat(told).isEmpty();
    tickAndRun();
    assertThat(evaluator.status("r").lastEvaluation()).isEqualTo(clock.instant());
  }

  @Test
  void remove_resolvesFiringAlerts_andKeepsTheHistory() {
    answers.put("q", (start, end) -> List.of(new GroupValue(SHOP, 11)));
    add(rule("r", "q", true));
    tickAndRun();
    db.rules().delete("r");
    evaluator.remove("r");

    assertThat(evaluator.active()).isEmpty();
    assertThat(db.alerts().active()).isEmpty();
    assertThat(db.alerts().history("r", 10))
        .extracting(AlertChange::to)
        .containsExactly(AlertState.INACTIVE, AlertState.FIRING);
  }

  @Test
  void prune_keepsOnlyTheLatestChanges() {
    for (int i = 0; i < 20; i++) {
      AlertChange change = AlertChanges.firing("r" + i, "Rule", SHOP, clock.instant());
      db.alerts().keep(change.rule(), new RuleAlerts.Update(List.of(change), List.of()));
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(db.alerts().history(null, 100)).hasSize(20);
    db.alerts().prune(clock.instant().minusSeconds(15), 100);
    assertThat(db.alerts().history(null, 100)).hasSize(15);
    db.alerts().prune(clock.instant().minusSeconds(15), 4);
    assertThat(db.alerts().history(null, 100))
        .extracting(AlertChange::rule)
        .containsExactly("r19", "r18", "r17", "r16");
  }

  private void reload(String id) {
    AlertRule rule = db.rules().find(id).orElseThrow();
    AlertRule other = rule(id, rule.query() + " ", true);
    evaluator.put(other);
  }

  private void add(AlertRule rule) {
    db.rules().add(rule);
    evaluator.put(rule);
  }

  private void tickAndRun() {
    evaluator.tick();
    run();
  }

  private void run() {
    while (!tasks.isEmpty()) {
      tasks.poll().run();
    }
  }

  private RuleEvaluator evaluator(int parallelism) {
    AlertQuery.Compiler compiler =
        (query) -> {
          AlertQuery answer = answers.get(query.strip());
          if (answer == null) {
            throw new ProblemException(
                HttpStatus.BAD_REQUEST, "query_syntax", query + " is not understood");
          }
          return answer;
        };
    AlertFeed feed = new AlertFeed(List.of((change) -> told.add(change)));
    return new RuleEvaluator(
        db.rules(),
        db.alerts(),
        tools(compiler),
        late,
        Rules.NOTHING_LIVE,
        feed,
        tasks::add,
        parallelism,
        Lease.alone(),
        clock);
  }

  private RuleTools tools(AlertQuery.Compiler compiler) {
    return new RuleTools(compiler, Rules.NO_BIRTHS, db.knownGroups(), clock.instant());
  }

  private static AlertRule rule(String id, String query, boolean enabled) {
    return Rules.threshold(id, query, enabled);
  }
}
