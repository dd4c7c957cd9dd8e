package io.logcaster.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.TestClock;
import io.logcaster.alert.AlertChange;
import io.logcaster.alert.AlertFeed;
import io.logcaster.alert.AlertState;
import io.logcaster.alert.condition.RuleTools;
import io.logcaster.alert.live.LateRecords;
import io.logcaster.alert.query.AlertQuery;
import io.logcaster.alert.query.GroupValue;
import io.logcaster.cluster.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes with one control database: what one begins, the other goes on with. */
class RuleTakeoverTest {

  private final TestClock clock = new TestClock(Instant.parse("2026-11-30T10:00:00Z"));
  private final ControlDb db = new ControlDb();
  private final List<AlertChange> told = new ArrayList<>();
  private List<GroupValue> values = List.of();
  private final Node first = new Node("first");
  private final Node second = new Node("second");

  private final class Node {

    final Lease lease;
    final RuleEvaluator evaluator;
    final RelayedChanges others;
    final List<AlertChange> streamed = new ArrayList<>();

    Node(String holder) {
      lease = new Lease(db.jdbc(), "alerts", holder, clock);
      AlertQuery query =
          new AlertQuery() {
            @Override
            public List<GroupValue> ask(Instant start, Instant end) {
              return values;
            }

            @Override
            public List<String> groupFields() {
              return List.of("app");
            }
          };
      AlertFeed feed = new AlertFeed(List.of(told::add));
      feed.changes().subscribe(streamed::add);
      others = new RelayedChanges(db.alerts(), feed);
      evaluator =
          new RuleEvaluator(
              db.rules(),
              db.alerts(lease),
              new RuleTools((text) -> query, Rules.NO_BIRTHS, db.knownGroups(), clock.instant()),
              new LateRecords(clock),
              Rules.NOTHING_LIVE,
              feed,
              Runnable::run,
              2,
              lease,
              clock);
    }

    /** What the schedule does every second. */
    void beat() {
      if (!lease.beat()) {
        evaluator.leaveDuty();
        evaluator.load();
        others.relay();
      } else if (!evaluator.isOnDuty()) {
        others.relay();
        evaluator.takeDuty();
      } else {
        evaluator.follow();
      }
      tick();
    }

    void tick() {
      if (evaluator.isOnDuty()) {
        evaluator.tick();
      }
    }
  }

  @BeforeEach
  void addRule() {
    db.jdbc().sql("DELETE FROM alert_rule").update();
    db.rules().add(Rules.threshold("r", "q", true));
  }

  @AfterEach
  void close() {
    db.close();
  }

  private List<String> changes() {
    return told.stream().map((change) -> change.from() + " > " + change.to()).toList();
  }

  @Test
  void alert_isToldOnce_whenItsEvaluatorDies() {
    first.beat();
    second.beat();
    values = List.of(new GroupValue(Map.of("app", "shop"), 11));
    clock.advance(Duration.ofSeconds(5));
    first.beat();
    second.beat();
    List<String> before = changes();
    assertThat(before).isNotEmpty().last().asString().endsWith("> FIRING");
    assertThat(second.evaluator.firing()).as("the other node shows it").isOne();

    for (int second = 0; second < 20; second++) {
      clock.advance(Duration.ofSeconds(1));
      this.second.beat();
    }

    assertThat(second.evaluator.isOnDuty()).isTrue();
    assertThat(changes()).isEqualTo(before);

    values = List.of();
    for (int second = 0; second < 20; second++) {
      clock.advance(Duration.ofSeconds(1));
      this.second.beat();
    }

    assertThat(changes()).hasSize(before.size() + 1).last().asString().endsWith("> INACTIVE");
  }

  @Test
  void change_isStreamedOnce_onEveryNode_whoeverEvaluates() {
    first.beat();
    second.beat();
    values = List.of(new GroupValue(Map.of("app", "shop"), 11));
    clock.advance(Duration.ofSeconds(5));
    first.beat();
    second.beat();
    assertThat(second.streamed).isNotEmpty().isEqualTo(told);

    values = List.of();
    for (int second = 0; second < 100; second++) {
      clock.advance(Duration.ofSeconds(1));
      this.second.beat();
    }
    first.beat();

    assertThat(second.evaluator.isOnDuty()).isTrue();
    assertThat(told).last().matches((change) -> change.to() == AlertState.INACTIVE);
    assertThat(second.streamed).isEqualTo(told);
    assertThat(first.streamed).isEqualTo(told);
  }

  @Test
  void evaluator_thatSleptThroughItsReplacement_tellsNothing() {
    first.beat();
    for (int second = 0; second < 9; second++) {
      clock.advance(Duration.ofSeconds(1));
      this.second.beat();
    }
    assertThat(second.evaluator.isOnDuty()).isTrue();
    values = List.of(new GroupValue(Map.of("app", "shop"), 11));

    first.evaluator.tick(); // it began before it fell asleep
    assertThat(told).isEmpty();
    assertThat(db.alerts().active()).isEmpty();
    assertThat(first.evaluator.isOnDuty()).isFalse();

    clock.advance(Duration.ofSeconds(5));
    second.beat();
    assertThat(told).isNotEmpty();
  }

  @Test
  void ruleThatIsChangedElsewhere_isTakenOver() {
    first.beat();
    db.rules().add(Rules.threshold("late", "q", true));
    first.beat();
    assertThat(first.evaluator.rule("late")).isPresent();

    db.jdbc().sql("DELETE FROM alert_rule WHERE id = 'late'").update();
    first.beat();
    assertThat(first.evaluator.rule("late")).isEmpty();
  }
}
