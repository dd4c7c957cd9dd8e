package io.logcaster.alert.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.alert.AlertChange;
import io.logcaster.alert.query.AlertQuery;
import io.logcaster.alert.query.GroupValue;
import io.logcaster.alert.query.StatsQuery;
import io.logcaster.alert.query.Unreached;
import io.logcaster.alert.rule.ControlDb;
import io.logcaster.alert.rule.Rules;
import io.logcaster.alert.state.RuleAlerts;
import io.logcaster.query.Records;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Alerts of rules whose queries are not answered by all nodes. */
class PartialAnswersTest {

  private static final Instant START = Instant.parse("2026-03-04T00:00:00Z");
  private static final Map<String, String> SHOP = Map.of("app", "shop");
  private static final Map<String, String> BANK = Map.of("app", "bank");
  private static final String AWAY = "node b did not answer";

  private final ControlDb db = new ControlDb();
  private final RuleAlerts alerts = new RuleAlerts(START, List.of());
  private final List<String> steps = new ArrayList<>();
  private List<GroupValue> values = List.of();
  private boolean away;
  private boolean lowerBound = true;

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void threshold_whileANodeIsAway_keepsAlertsAndFiresForWhatIsFound() throws IOException {
    AlertRule rule = Rules.threshold("r", "q", true);
    Judge judge = judge(rule);
    at(0, rule, judge, new GroupValue(SHOP, 12));
    away = true;
    assertThat(at(5, rule, judge).trouble()).endsWith(AWAY);
    at(10, rule, judge, new GroupValue(SHOP, 3), new GroupValue(BANK, 11));
    assertThat(steps).containsExactly("0 shop FIRING", "10 bank FIRING");

    away = false;
    assertThat(at(15, rule, judge, new GroupValue(SHOP, 3)).trouble()).isNull();
    assertThat(steps)
        .containsExactly("0 shop FIRING", "10 bank FIRING", "15 shop INACTIVE", "15 bank INACTIVE");
  }

  @Test
  void pendingAlert_whileANodeIsAway_waitsWithoutStartingAgain() throws IOException {
    AlertRule rule =
        Rules.timed(Rules.threshold("r", "q", true), Duration.ofSeconds(10), Duration.ZERO);
    Judge judge = judge(rule);
    at(0, rule, judge, new GroupValue(SHOP, 12));
    away = true;
    at(10, rule, judge, new GroupValue(SHOP, 3));
    away = false;
    at(15, rule, judge, new GroupValue(SHOP, 12));
    assertThat(steps).containsExactly("0 shop PENDING", "15 shop FIRING");
  }

  @ParameterizedTest
  @CsvSource({"<, true", "<=, true", "==, true", "!=, true", ">, false", ">=, false"})
  void threshold_thatMissingRecordsMayUndo_keepsItsState(String comparison, boolean grows)
      throws IOException {
    lowerBound = grows;
    double level = comparison.startsWith(">") ? 5 : comparison.equals("!=") ? 9 : 10;
    double value = comparison.equals("<") ? 9 : 10;
    AlertLevels levels =
        new AlertLevels(Comparison.of(comparison).orElseThrow(), level, null, null, 0);
    AlertRule rule = Rules.of("r", "q", new ThresholdCondition(levels));
    away = true;
    at(0, rule, judge(rule), new GroupValue(SHOP, value));
    assertThat(steps).isEmpty();

    away = false;
    at(5, rule, judge(rule), new GroupValue(SHOP, value));
    assertThat(steps).containsExactly("5 shop FIRING");
  }

  @Test
  void severity_whileANodeIsAway_doesNotFall() throws IOException {
    AlertLevels levels = new AlertLevels(Comparison.GREATER, 10, 5.0, null, 0);
    AlertRule rule = Rules.severe(Rules.of("r", "q", new ThresholdCondition(levels)), "critical");
    Judge judge = judge(rule);
    at(0, rule, judge, new GroupValue(SHOP, 12));
    away = true;
    for (int second = 5; second < 200; second += 5) {
      at(second, rule, judge, new GroupValue(SHOP, 6));
    }
    assertThat(steps).containsExactly("0 shop FIRING");
    assertThat(alerts.active().getFirst().severity()).isEqualTo("critical");
  }

  @Test
  void absence_whileANodeIsAway_missesNobodyAndSeesWhoSends() throws IOException {
    AlertRule rule = Rules.of("r", "q", new AbsenceCondition(List.of(SHOP, BANK), null));
    Judge judge = judge(rule);
    at(100, rule, judge, new GroupValue(BANK, 1));
    away = true;
    at(105, rule, judge);
    at(110, rule, judge, new GroupValue(SHOP, 1));
    assertThat(steps).containsExactly("100 shop FIRING", "110 shop INACTIVE");

    away = false;
    at(115, rule, judge, new GroupValue(SHOP, 1));
    assertThat(steps).containsExactly("100 shop FIRING", "110 shop INACTIVE", "115 bank FIRING");
  }

  @Test
  void absence_ofANewRule_looksBackAgainWhenAllAnswer() throws IOException {
    AlertRule rule = Rules.of("r", "q", new AbsenceCondition(List.of(), null));
    Judge judge = judge(rule);
    away = true;
    at(100, rule, judge);
    away = false;
    values = List.of(new GroupValue(BANK, 1));
    judge.judge(START.plusSeconds(105));
    at(200, rule, judge);
    assertThat(steps).containsExactly("200 bank FIRING");
  }

  @Test
  void ratioAndChange_whileANodeIsAway_keepTheirState() throws IOException {
    AlertLevels half = new AlertLevels(Comparison.GREATER, 0.5, null, null, 0);
    AlertRule ratio = Rules.of("r", "q", new RatioCondition("q", half));
    at(0, ratio, judge(ratio), new GroupValue(SHOP, 8));
    away = true;
    assertThat(at(5, ratio, judge(ratio)).trouble()).endsWith(AWAY);
    assertThat(steps).containsExactly("0 shop FIRING");

    Baseline before = new Baseline(Baseline.Method.PREVIOUS, Comparison.GREATER, 2, 1);
    AlertRule change = Rules.of("c", "q", new ChangeCondition(before, null, 0));
    Judge.Verdicts verdicts = at(10, change, judge(change), new GroupValue(SHOP, 8));
    assertThat(verdicts.all()).isEmpty();
    assertThat(verdicts.trouble()).endsWith(AWAY);
  }

  @Test
  void lateRecords_ofAPartialAnswer_resolveNothing() throws IOException {
    AlertRule rule = Rules.threshold("r", "q", true);
    Judge judge = judge(rule);
    at(0, rule, judge, new GroupValue(SHOP, 12));
    values = List.of(new GroupValue(SHOP, 3));
    Judge.Verdicts present = judge.judge(START.plusSeconds(5));
    away = true;
    Judge.Verdicts all = judge.late(present, START.minusSeconds(60), START.plusSeconds(5));
    assertThat(all.all()).isEmpty();
    assertThat(all.isWhole()).isFalse();
    assertThat(all.trouble()).endsWith(AWAY);
  }

  @Test
  void unreached_refusesValues_onlyIfSomethingDidNotAnswer() throws IOException {
    Unreached unreached = new Unreached();
    unreached.check();
    unreached.accept(AWAY);
    assertThatThrownBy(unreached::check).isInstanceOf(IOException.class).hasMessageEndingWith(AWAY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          * | stats by (app) count() value ; true
          * | extract 'a<n>' | stats count_uniq(n) value ; true
          * | stats max(n) value ; true
          * | stats sum(n) value ; false
          * | stats avg(n) value ; false
          * | stats by (app) count() n | stats count() value ; false
          * | stats count() value | math 0 - value as value ; false
          !app:in(* | uniq by (app)) | stats count() value ; false
          * | stats count() if (app:in(* | uniq by (app))) value ; false
          """)
  void query_isALowerBound_ifMoreRecordsOnlyRaiseItsValue(String text, boolean expected) {
    assertThat(StatsQuery.compile(new Records().engine(), text).isLowerBound()).isEqualTo(expected);
  }

  private Judge judge(AlertRule rule) {
    AlertQuery query =
        new AlertQuery() {
          @Override
          public List<GroupValue> ask(Instant start, Instant end) {
            throw new AssertionError("does not tell what is away");
          }

          @Override
          public List<GroupValue> ask(Instant start, Instant end, Unreached unreached) {
            if (away) {
              unreached.accept(AWAY);
            }
            return values;
          }

          @Override
          public List<String> groupFields() {
            return List.of("app");
          }

          @Override
          public boolean isLowerBound() {
            return lowerBound;
          }
        };
    RuleTools tools =
        new RuleTools((text) -> query, Rules.NO_BIRTHS, db.knownGroups(), START.minusSeconds(3600));
    return rule.condition().judge(rule, tools);
  }

  private Judge.Verdicts at(int second, AlertRule rule, Judge judge, GroupValue... found)
      throws IOException {
    values = List.of(found);
    Instant now = START.plusSeconds(second);
    Judge.Verdicts verdicts = judge.judge(now);
    for (AlertChange change : alerts.update(rule, verdicts, judge::identity, now).changes()) {
      steps.add("%d %s %s".formatted(second, change.labels().get("app"), change.to()));
    }
    return verdicts;
  }
}
