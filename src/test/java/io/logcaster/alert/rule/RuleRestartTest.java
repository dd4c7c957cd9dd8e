package io.logcaster.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.TestClock;
import io.logcaster.alert.AlertChange;
import io.logcaster.alert.AlertFeed;
import io.logcaster.alert.condition.AbsenceCondition;
import io.logcaster.alert.condition.AlertRule;
import io.logcaster.alert.condition.NewTemplateCondition;
import io.logcaster.alert.condition.NewTemplates;
import io.logcaster.alert.condition.RuleTools;
import io.logcaster.alert.live.LateRecords;
import io.logcaster.alert.query.AlertQuery;
import io.logcaster.alert.query.GroupValue;
import io.logcaster.cluster.Lease;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.template.TemplateBirth;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules over restarts with the same database, and over late records and new templates. */
class RuleRestartTest {

  private static final Map<String, String> SHOP = Map.of("app", "shop");
  private static final Map<String, String> BANK = Map.of("app", "bank");

  @TempDir Path dir;

  private final TestClock clock = new TestClock(Instant.parse("2026-11-21T10:00:00Z"));
  private final List<AlertChange> told = new ArrayList<>();
  private final List<TemplateBirth> births = new ArrayList<>();
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private List<GroupValue> values = List.of();

  /** The result for a past window; as that for the present one if it is empty. */
  private List<GroupValue> lateValues = List.of();

  private final LateRecords late = new LateRecords(clock);
  private ControlDb db;
  private RuleEvaluator evaluator;

  @BeforeEach
  void firstStart() {
    db = new ControlDb(dir);
    db.rules().all().forEach((rule) -> db.rules().delete(rule.id()));
    start();
  }

  @AfterEach
  void stop() {
    db.close();
  }

  private void restart() {
    db.close();
    db = new ControlDb(dir);
    start();
  }

  private void start() {
    AlertQuery query =
        new AlertQuery() {
          @Override
          public List<GroupValue> ask(Instant start, Instant end) {
            boolean isPast = end.isBefore(clock.instant());
            return isPast && !lateValues.isEmpty() ? lateValues : values;
          }

          @Override
          public List<String> groupFields() {
            return List.of("app");
          }
        };
    NewTemplates known = new Births();
    RuleTools tools = new RuleTools((text) -> query, known, db.knownGroups(), clock.instant());
    AlertFeed feed = new AlertFeed(List.of((change) -> told.add(change)));
    Executor executor = tasks::add;
    evaluator =
        new RuleEvaluator(
            db.rules(),
            db.alerts(),
            tools,
            late,
            Rules.NOTHING_LIVE,
            feed,
            executor,
            2,
            Lease.alone(),
            clock);
    evaluator.load();
  }

  @Test
  void pending_overARestart_firesWhenItsForHasPassed() {
    add(Rules.timed(Rules.threshold("r", "q", true), Duration.ofMinutes(2), Duration.ZERO));
    values = List.of(new GroupValue(SHOP, 11));
    Instant started = clock.instant();
    tickAfter(0);
    tickAfter(60);
    restart();
    tickAfter(0);
    tickAfter(59);
    assertThat(changes()).containsExactly("PENDING shop");
    tickAfter(1);
    assertThat(changes()).containsExactly("PENDING shop", "FIRING shop");
    assertThat(told.getLast().since()).isEqualTo(started);
  }

  @Test
  void firing_overRestarts_isToldOnce_andItsRecoveryOnce() {
    add(Rules.threshold("r", "q", true));
    values = List.of(new GroupValue(SHOP, 11));
    tickAfter(0);
    for (int i = 0; i < 3; i++) {
      restart();
      tickAfter(5);
    }
    assertThat(changes()).containsExactly("FIRING shop");
    values = List.of();
    tickAfter(61);
    restart();
    tickAfter(61);
    assertThat(changes()).containsExactly("FIRING shop", "INACTIVE shop");
    assertThat(db.alerts().history(null, 10)).containsExactlyElementsOf(told.reversed());
  }

  @Test
  void keepFiring_overARestart_isCountedFromItsBeginning() {
    add(Rules.timed(Rules.threshold("r", "q", true), Duration.ZERO, Duration.ofMinutes(10)));
    values = List.of(new GroupValue(SHOP, 11));
    tickAfter(0);
    values = List.of();
    tickAfter(60);
    restart();
    tickAfter(540);
    assertThat(changes()).containsExactly("FIRING shop");
    tickAfter(60);
    assertThat(changes()).containsExactly("FIRING shop", "INACTIVE shop");
  }

  @Test
  void flapping_overARestart_isNotToldAgain() {
    add(Rules.threshold("r", "q", true));
    for (int i = 0; i < 3; i++) {
      values = List.of(new GroupValue(SHOP, 11));
      tickAfter(5);
      values = List.of();
      tickAfter(i < 2 ? 5 : 0);
      if (i == 1) {
        restart();
      }
    }
    // The third time it flaps: it goes on firing for a minute, as without the restart.
    tickAfter(30);
    assertThat(changes())
        .containsExactly(
            "FIRING shop", "INACTIVE shop", "FIRING shop", "INACTIVE shop", "FIRING shop");
    tickAfter(61);
    assertThat(changes()).hasSize(6);
  }

  @Test
  void absence_afterARestart_missesTheGroupThatVanishedMeanwhile() {
    add(Rules.of("r", "q", new AbsenceCondition(List.of(), null)));
    values = List.of(new GroupValue(SHOP, 1), new GroupValue(BANK, 1));
    // The server has just started, which says nothing of silence.
    tickAfter(300);
    clock.advance(Duration.ofMinutes(10));
    values = List.of(new GroupValue(SHOP, 1));
    restart();
    tickAfter(0);
    tickAfter(59);
    assertThat(told).isEmpty();
    tickAfter(5);
    assertThat(changes()).containsExactly("FIRING bank");
    restart();
    tickAfter(5);
    tickAfter(61);
    assertThat(changes()).containsExactly("FIRING bank");
    values = List.of(new GroupValue(SHOP, 1), new GroupValue(BANK, 1));
    tickAfter(5);
    assertThat(changes()).containsExactly("FIRING bank", "INACTIVE bank");
  }

  @Test
  void absence_afterLateRecordsOfAnUnknownGroup_missesItOneWindowLater() {
    add(Rules.of("r", "q", new AbsenceCondition(List.of(), null)));
    values = List.of(new GroupValue(SHOP, 1));
    tickAfter(300);
    lateValues = List.of(new GroupValue(BANK, 1));
    RecordBatchBuilder batch = RecordBatch.builder(List.of("app"));
    batch.time((clock.instant().getEpochSecond() - 200) * 1_000_000_000L);
    batch.end();
    late.stored(batch.build());
    tickAfter(5);
    tickAfter(55);
    assertThat(told).isEmpty();
    tickAfter(5);
    assertThat(changes()).containsExactly("FIRING bank");
  }

  @Test
  void born_evaluatesRulesForNewTemplatesAtTheNextTick_andNoOthers() {
    values = List.of();
    add(Rules.of("new", "*", new NewTemplateCondition(null, null)));
    add(Rules.threshold("other", "q", true));
    tickAfter(0);
    Instant first = clock.instant();
    births.add(
        new TemplateBirth("00ff", "a <*>", first, first, "ERROR", "h", "shop", Map.of(), "a 1"));
    evaluator.born();
    evaluator.born();
    tickAfter(1);
    assertThat(changes()).containsExactly("FIRING shop");
    assertThat(told.getFirst().labels()).containsEntry("template", "00ff");
    assertThat(evaluator.status("other").lastEvaluation()).isEqualTo(first);
    tickAfter(1);
    assertThat(evaluator.status("new").lastEvaluation()).isEqualTo(first.plusSeconds(1));
  }

  private List<String> changes() {
    return told.stream().map((change) -> change.to() + " " + change.labels().get("app")).toList();
  }

  private void add(AlertRule rule) {
    db.rules().add(rule);
    evaluator.put(rule);
  }

  private void tickAfter(long seconds) {
    clock.advance(Duration.ofSeconds(seconds));
    evaluator.tick();
    while (!tasks.isEmpty()) {
      tasks.poll().run();
    }
  }

  private final class Births implements NewTemplates {

    @Override
    public List<TemplateBirth> between(Instant start, Instant end) {
      return births.stream()
          .filter((b) -> !b.learned().isBefore(start) && b.learned().isBefore(end))
          .toList();
    }

    @Override
    public void onBirth(Runnable listener) {}

    @Override
    public Optional<Instant> mark(String mark, Instant until) {
      return Optional.empty();
    }

    @Override
    public BirthFilter filter(String query) {
      return (birth) -> true;
    }
  }
}
