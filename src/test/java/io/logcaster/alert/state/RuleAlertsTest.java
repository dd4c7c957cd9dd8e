package io.logcaster.alert.state;

import static io.logcaster.alert.AlertState.FIRING;
import static io.logcaster.alert.AlertState.INACTIVE;
import static io.logcaster.alert.AlertState.PENDING;
import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.alert.AlertChange;
import io.logcaster.alert.AlertState;
import io.logcaster.alert.condition.AlertRule;
import io.logcaster.alert.condition.GroupVerdict;
import io.logcaster.alert.condition.Judge;
import io.logcaster.alert.query.GroupValue;
import io.logcaster.alert.rule.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RuleAlertsTest {

  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
  private static final Map<String, String> SHOP = Map.of("app", "shop");
  private static final Map<String, String> BANK = Map.of("app", "bank");

  private RuleAlerts alerts = new RuleAlerts(START, List.of());
  private final List<AlertChange> changes = new ArrayList<>();

  @Test
  void update_withoutHold_firesAtOnce_andResolvesWhenTheConditionEnds() {
    AlertRule rule = rule(Duration.ZERO);
    at(0, rule, value(SHOP, 11));
    at(5, rule, value(SHOP, 12));
    at(10, rule, value(SHOP, 10));

    assertThat(steps()).containsExactly("0 shop INACTIVE>FIRING 11", "10 shop FIRING>INACTIVE 10");
    assertThat(alerts.active()).isEmpty();
  }

  @Test
  void update_withHold_firesOnlyAfterTheConditionHeldForThatLong() {
    AlertRule rule = rule(Duration.ofSeconds(10));
    at(0, rule, value(SHOP, 11));
    at(5, rule, value(SHOP, 12));
    assertThat(alerts.active()).containsExactly(alert(PENDING, 12, START, START));
    at(10, rule, value(SHOP, 13));
    at(15, rule, value(SHOP, 14));

    assertThat(steps()).containsExactly("0 shop INACTIVE>PENDING 11", "10 shop PENDING>FIRING 13");
    assertThat(alerts.active()).containsExactly(alert(FIRING, 14, START.plusSeconds(10), START));
  }

  @Test
  void update_whenTheConditionBreaksWhilePending_startsAgain() {
    AlertRule rule = rule(Duration.ofSeconds(10));
    at(0, rule, value(SHOP, 11));
    at(5, rule, value(SHOP, 1));
    at(10, rule, value(SHOP, 11));
    at(15, rule, value(SHOP, 11));
    at(20, rule, value(SHOP, 11));

    assertThat(steps())
        .containsExactly(
            "0 shop INACTIVE>PENDING 11",
            "5 shop PENDING>INACTIVE 1",
            "10 shop INACTIVE>PENDING 11",
            "20 shop PENDING>FIRING 11");
  }

  @Test
  void update_keepsAnAlertForEachGroup() {
    AlertRule rule = rule(Duration.ZERO);
    at(0, rule, value(SHOP, 11), value(BANK, 3));
    at(5, rule, value(SHOP, 11), value(BANK, 30));
    at(10, rule, value(BANK, 30));

    assertThat(steps())
        .containsExactly(
            "0 shop INACTIVE>FIRING 11",
            "5 bank INACTIVE>FIRING 30",
            "10 shop FIRING>INACTIVE 11"); // absent from the result: its last value is kept
    assertThat(alerts.active()).extracting(Alert::labels).containsExactly(BANK);
  }

  @Test
  void update_withAValueThatIsNotANumber_doesNotHold() {
    AlertRule rule = rule(Duration.ZERO);
    at(0, rule, value(SHOP, Double.NaN));
    assertThat(changes).isEmpty();
  }

  @Test
  void update_ofAFlappingAlert_keepsItFiringUntilItIsQuiet() {
    AlertRule rule = rule(Duration.ZERO);
    for (int i = 0; i < 20; i++) {
      at(i * 10L, rule, value(SHOP, 11));
      at(i * 10L + 5, rule, value(SHOP, 0));
    }
    assertThat(changes).hasSize(2 * GroupMachine.FLAPPING_COUNT - 1);
    assertThat(changes.getLast().to()).isEqualTo(FIRING);

    at(195 + 59, rule, value(SHOP, 0));
    assertThat(alerts.active()).hasSize(1);
    at(195 + 60, rule, value(SHOP, 0));
    assertThat(alerts.active()).isEmpty();
    assertThat(changes.getLast().to()).isEqualTo(INACTIVE);
  }

  @Test
  void update_ofAnAlertThatFiresRarely_isNotFlapping() {
    AlertRule rule = rule(Duration.ZERO);
    for (int i = 0; i < 10; i++) {
      at(i * 400L, rule, value(SHOP, 11));
      at(i * 400L + 5, rule, value(SHOP, 0));
    }
    assertThat(changes).hasSize(20);
  }

  @Test
  void update_ofARestoredAlert_doesNotFireASecondTime() {
    AlertRule rule = rule(Duration.ZERO);
    Instant before = START.minusSeconds(300);
    Alert firing = alert(FIRING, 99, before, before);
    alerts = new RuleAlerts(START, List.of(firing));
    at(0, rule, value(SHOP, 50));

    assertThat(changes).isEmpty();
    assertThat(alerts.active()).containsExactly(alert(FIRING, 50, before, before));
  }

  @Test
  void update_ofARestoredPendingAlert_countsTheTimeBeforeTheStart() {
    AlertRule rule = rule(Duration.ofSeconds(60));
    alerts =
        new RuleAlerts(
            START, List.of(alert(PENDING, 99, START.minusSeconds(50), START.minusSeconds(50))));
    at(10, rule, value(SHOP, 50));

    assertThat(steps()).containsExactly("10 shop PENDING>FIRING 50");
  }

  @Test
  void update_ofARestoredAlert_resolvesOnlyWhenTheWindowIsAfterTheStart() {
    AlertRule rule = rule(Duration.ZERO); // its window is a minute
    alerts =
        new RuleAlerts(
            START, List.of(alert(FIRING, 99, START.minusSeconds(300), START.minusSeconds(300))));
    at(5, rule);
    at(59, rule, value(SHOP, 1));
    assertThat(changes).isEmpty();
    at(60, rule);
    assertThat(steps()).containsExactly("60 shop FIRING>INACTIVE 99");
  }

  @Test
  void resolveAll_resolvesActiveAlerts() {
    AlertRule rule = rule(Duration.ZERO);
    at(0, rule, value(SHOP, 11));
    changes.addAll(alerts.resolveAll(rule, START.plusSeconds(3)).changes());
    assertThat(steps()).containsExactly("0 shop INACTIVE>FIRING 11", "3 shop FIRING>INACTIVE 11");
    assertThat(alerts.active()).isEmpty();
  }

  @Test
  void update_ofAGroupThatGetsOtherLabels_goesOnUnderTheFirst() {
    AlertRule rule = rule(Duration.ZERO);
    Map<String, String> first = Map.of("template", "1", "host", "a");
    Map<String, String> second = Map.of("template", "1", "host", "b");
    Map<String, String> other = Map.of("template", "2", "host", "a");
    UnaryOperator<Map<String, String>> identity =
        (labels) -> Map.of("template", labels.getOrDefault("template", ""));
    for (List<Map<String, String>> groups :
        List.of(List.of(first), List.of(second, other), List.of(other, second))) {
      changes.addAll(
          alerts
              .update(
                  rule,
                  new Judge.Verdicts(
                      groups.stream()
                          .map((g) -> GroupVerdict.holds(g, "warning", 1, null, () -> "new"))
                          .toList()),
                  identity::apply,
                  START)
              .changes());
    }

    assertThat(changes).extracting(AlertChange::labels).containsExactly(first, other);
    assertThat(alerts.active()).extracting(Alert::labels).containsExactly(first, other);
  }

  @Property(tries = 200)
  void changes_ofAnyHistory_areConsecutive_andEndInTheActiveAlerts(
      @ForAll @Size(max = 80) List<@IntRange(max = 20) Integer> values,
      @ForAll @IntRange(max = 30) int hold) {
    alerts = new RuleAlerts(START, List.of());
    changes.clear();
    AlertRule rule = rule(Duration.ofSeconds(hold));
    for (int i = 0; i < values.size(); i++) {
      at(i * 5L, rule, value(SHOP, values.get(i)), value(BANK, 20 - values.get(i)));
    }
    Map<Map<String, String>, AlertState> states = new HashMap<>();
    for (AlertChange change : changes) {
      assertThat(states.getOrDefault(change.labels(), INACTIVE)).isEqualTo(change.from());
      assertThat(change.from()).isNotEqualTo(change.to());
      states.put(change.labels(), change.to());
    }
    states.values().removeIf((state) -> state == INACTIVE);
    Map<Map<String, String>, AlertState> active = new HashMap<>();
    alerts.active().forEach((alert) -> active.put(alert.labels(), alert.state()));
    assertThat(active).isEqualTo(states);
  }

  private void at(long second, AlertRule rule, GroupValue... values) {
    List<GroupVerdict> verdicts =
        Stream.of(values)
            .map((v) -> Rules.ABOVE_TEN.judge(v.labels(), v.value(), 0, "warning", () -> "over 1m"))
            .toList();
    changes.addAll(alerts.update(rule, verdicts, START.plusSeconds(second)).changes());
  }

  private List<String> steps() {
    return changes.stream()
        .map(
            (change) ->
                "%d %s %s>%s %.0f"
                    .formatted(
                        Duration.between(START, change.time()).toSeconds(),
                        change.labels().get("app"),
                        change.from(),
                        change.to(),
                        change.value()))
        .toList();
  }

  private static GroupValue value(Map<String, String> labels, double value) {
    return new GroupValue(labels, value);
  }

  private static Alert alert(AlertState state, int value, Instant since, Instant startedAt) {
    return new Alert(
        SHOP, state, "warning", value, 10.0, value + " > 10 over 1m", since, startedAt, null, null);
  }

  private static AlertRule rule(Duration hold) {
    return Rules.timed(Rules.threshold("r", "q", true), hold, Duration.ZERO);
  }
}
