package io.logcaster.alert.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.alert.AlertChange;
import io.logcaster.alert.AlertState;
import io.logcaster.alert.condition.AbsenceCondition;
import io.logcaster.alert.condition.AlertLevels;
import io.logcaster.alert.condition.AlertRule;
import io.logcaster.alert.condition.ChangeCondition;
import io.logcaster.alert.condition.Comparison;
import io.logcaster.alert.condition.Condition;
import io.logcaster.alert.condition.ConditionBody;
import io.logcaster.alert.condition.Judge;
import io.logcaster.alert.condition.RatioCondition;
import io.logcaster.alert.condition.RuleErrors;
import io.logcaster.alert.condition.RuleTools;
import io.logcaster.alert.condition.ThresholdCondition;
import io.logcaster.alert.query.StatsQuery;
import io.logcaster.alert.rule.ControlDb;
import io.logcaster.alert.rule.Rules;
import io.logcaster.alert.state.RuleAlerts;
import io.logcaster.query.QueryEngine;
import io.logcaster.query.Records;
import io.logcaster.system.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTrialTest {

  private static final Instant START = Instant.parse("2026-03-04T00:00:00Z");
  private static final Duration RANGE = Duration.ofMinutes(40);

  /** Those of the rules, and others. */
  private static final List<Double> LEVELS = List.of(0.05, 0.1, 0.4, 2.0, 3.0, 8.0, 11.0);

  private static final List<String> KINDS =
      List.of(
          "threshold count()",
          "threshold avg(took)",
          "threshold max(took)",
          "threshold rate()",
          "ratio",
          "previous",
          "median-mad",
          "absence");

  @Property(tries = 120)
  void trial_firesWhatTheLiveEvaluationFires(
      @ForAll long seed,
      @ForAll @IntRange(max = 7) int kind,
      @ForAll @IntRange(max = 2) int hold,
      @ForAll @IntRange(max = 2) int keep)
      throws IOException {
    QueryEngine engine = records(new Random(seed)).engine();
    try (ControlDb db = new ControlDb()) {
      RuleTools tools =
          new RuleTools(
              (text) -> StatsQuery.compile(engine, text),
              Rules.NO_BIRTHS,
              db.knownGroups(),
              START.minus(Duration.ofDays(1)));
      AlertRule rule =
          Rules.timed(
              rule(KINDS.get(kind)),
              Duration.ofSeconds(20L * hold),
              Duration.ofSeconds(30L * keep));

      TrialAnswer answer = RuleTrial.of(rule, tools, START, START.plus(RANGE), LEVELS, 1);

      assertThat(answer.step()).isEqualTo("5s");
      assertThat(firingsAt(answer, level(rule.condition())))
          .as("count of %s, seed %d", KINDS.get(kind), seed)
          .isEqualTo(answer.totalFirings());
      assertThat(trial(answer))
          .as("%s, seed %d", KINDS.get(kind), seed)
          .isEqualTo(live(rule, tools));
    }
  }

  /** The threshold or factor of a rule; NaN if it has none. */
  private static double level(Condition condition) {
    return switch (condition) {
      case ThresholdCondition found -> found.levels().threshold();
      case RatioCondition found -> found.levels().threshold();
      case ChangeCondition found -> found.baseline().factor();
      default -> Double.NaN;
    };
  }

  /** How often the tuner says that a level fires; as often as the rule itself if it has none. */
  private static long firingsAt(TrialAnswer answer, double level) {
    double weeks = RANGE.toMillis() / (double) Duration.ofDays(7).toMillis();
    return answer.perWeek().stream()
        .filter((each) -> each.threshold() == level)
        .map((each) -> Math.round(each.firings() * weeks))
        .findFirst()
        .orElse((long) answer.totalFirings());
  }

  private static List<String> trial(TrialAnswer answer) {
    List<String> firings = new ArrayList<>();
    for (TrialAnswer.Firing firing : answer.firings()) {
      firings.add(
          firing.from()
              + " "
              + firing.labels()
              + " until "
              + firing.to()
              + " "
              + firing.severity());
    }
    return firings.stream().sorted().toList();
  }

  /** What live alerts do at the same times. */
  private static List<String> live(AlertRule rule, RuleTools tools) throws IOException {
    Judge judge = rule.condition().judge(rule, tools);
    RuleAlerts alerts = new RuleAlerts(START.minus(Duration.ofDays(1)), List.of());
    List<String> firings = new ArrayList<>();
    Map<Map<String, String>, String> open = new HashMap<>();
    Duration range = RANGE;
    for (long second = 0; second <= range.toSeconds(); second += 5) {
      Instant now = START.plusSeconds(second);
      for (AlertChange change : alerts.update(rule, judge.judge(now).all(), now).changes()) {
        if (change.to() == AlertState.FIRING && change.from() != AlertState.FIRING) {
          open.put(
              change.labels(),
              change.time() + " " + change.labels() + " until %s " + change.severity());
        } else if (change.to() == AlertState.INACTIVE && change.from() == AlertState.FIRING) {
          firings.add(open.remove(change.labels()).formatted(change.time()));
        }
      }
    }
    open.values().forEach((text) -> firings.add(text.formatted((Object) null)));
    return firings.stream().sorted().toList();
  }

  @Test
  void trial_countsFiringsForEachThreshold_andProposesOneThatIsQuietEnough() throws IOException {
    Records records = new Records();
    // A burst of ten records every ten minutes, and one of thirty.
    for (int burst = 0; burst < 6; burst++) {
      add(records, 600L * burst + 300, "shop", burst == 3 ? 30 : 10);
    }
    AlertRule rule = rule("threshold count()");
    Instant end = START.plus(Duration.ofHours(1));

    TrialAnswer answer =
        RuleTrial.of(rule, tools(records), START, end, List.of(40.0, 5.0, 20.0), 168);

    assertThat(answer.perWeek())
        .containsExactly(
            new TrialAnswer.PerWeek(5, 6 * 168),
            new TrialAnswer.PerWeek(20, 168),
            new TrialAnswer.PerWeek(40, 0));
    assertThat(answer.totalFirings()).isEqualTo(6);
    TrialAnswer.Proposal proposal = answer.proposal();
    assertThat(proposal.threshold()).isEqualTo(20);
    assertThat(proposal.perWeek()).isEqualTo(168);
    assertThat(proposal.hold()).isEqualTo("0s");
    assertThat(proposal.recoverThreshold()).isBetween(10.0, 20.0);
  }

  /** A rule is refused whose alerts would recover while their value is beyond the threshold. */
  @Test
  void proposal_belowTheUsualValue_hasNoSecondThreshold() throws IOException {
    Records records = new Records();
    for (int burst = 0; burst < 6; burst++) {
      add(records, 600L * burst + 300, "shop", 10);
    }
    TrialAnswer answer =
        RuleTrial.of(
            rule("threshold count()"),
            tools(records),
            START,
            START.plus(Duration.ofHours(1)),
            List.of(1.0),
            2_000);

    assertThat(answer.proposal().threshold()).isEqualTo(1);
    assertThat(answer.proposal().recoverThreshold()).isNull();
  }

  @Test
  void trial_withoutThresholds_choosesSomeThatReachFromManyFiringsToNone() throws IOException {
    Records records = records(new Random(7));
    TrialAnswer answer =
        RuleTrial.of(rule("threshold count()"), tools(records), START, START.plus(RANGE), null, 1);

    assertThat(answer.perWeek()).hasSizeGreaterThan(3);
    assertThat(answer.perWeek().getFirst().firings()).isPositive();
    assertThat(answer.perWeek().getLast().firings()).isZero();
    assertThat(answer.series())
        .isNotEmpty()
        .allSatisfy((c) -> assertThat(c.points()).hasSizeLessThanOrEqualTo(500));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* | stats by (app) quantile(0.9, took) value",
        "* | stats by (app) count_uniq(took) value"
      })
  void trial_ofAFunctionThatCannotBeCombined_looksAtOneWindowAfterTheOther(String query)
      throws IOException {
    AlertRule rule = Rules.of("r", query, new ThresholdCondition(Rules.ABOVE_TEN));
    TrialAnswer answer =
        RuleTrial.of(rule, tools(records(new Random(7))), START, START.plus(RANGE), null, 1);
    assertThat(answer.step()).isEqualTo("1m");
    assertThat(answer.series()).isNotEmpty();
  }

  @Test
  void trial_ofMoreGroupsThanFitIntoMemory_takesLongerSteps_andRefusesTooManyOnly()
      throws IOException {
    Records records = new Records();
    for (int i = 0; i < 1_500; i++) {
      add(records, 3_000 + i, "app" + i, 1);
    }
    AlertRule rule = rule("threshold count()");
    Instant end = START.plus(Duration.ofHours(10));

    TrialAnswer answer = RuleTrial.of(rule, tools(records), START, end, List.of(0.5), 1);

    assertThat(answer.groups()).isEqualTo(1_500);
    assertThat(Duration.parse("PT" + answer.step().toUpperCase(Locale.ROOT)))
        .isBetween(Duration.ofSeconds(6), Duration.ofMinutes(1));
    Instant late = START.plus(Duration.ofDays(30));
    assertThatThrownBy(() -> RuleTrial.of(rule, tools(records), START, late, null, 1))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("1,500 groups");
  }

  @Test
  void trial_ofTooManyWindows_isRefused() {
    AlertRule rule = rule("threshold count()");
    assertThatThrownBy(
            () ->
                RuleTrial.of(
                    rule, tools(new Records()), START, START.plus(Duration.ofDays(60)), null, 1))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("86,400 windows of 1m");
  }

  private static RuleTools tools(Records records) {
    QueryEngine engine = records.engine();
    return new RuleTools(
        (text) -> StatsQuery.compile(engine, text), Rules.NO_BIRTHS, new NoGroups(), START);
  }

  private static AlertRule rule(String kind) {
    String count = "* | stats by (app) count() value";
    AlertLevels levels = new AlertLevels(Comparison.GREATER, 8, 5.0, 4.0, 0);
    return switch (kind) {
      case "ratio" ->
          severe(
              "level:=ERROR | stats by (app) count() value",
              new RatioCondition(count, new AlertLevels(Comparison.GREATER, 0.4, null, null, 3)));
      case "previous", "median-mad" -> Rules.of("r", count, change(kind));
      case "absence" -> Rules.of("r", count, new AbsenceCondition(List.of(), null));
      case "threshold rate()" ->
          severe(
              "* | stats by (app) rate() value",
              new ThresholdCondition(new AlertLevels(Comparison.GREATER, 0.1, null, null, 0)));
      default ->
          severe(
              "* | stats by (app) " + kind.substring(10) + " value",
              new ThresholdCondition(levels));
    };
  }

  private static AlertRule severe(String query, Condition condition) {
    return Rules.severe(Rules.of("r", query, condition), "critical");
  }

  private static ChangeCondition change(String method) {
    RuleErrors errors = new RuleErrors();
    ConditionBody.BaselineBody baseline = new ConditionBody.BaselineBody(method, 2.0, null);
    ConditionBody body =
        new ConditionBody(">", null, null, null, null, null, null, baseline, null, null, null);
    ChangeCondition condition = ChangeCondition.read(body, Duration.ofMinutes(1), errors);
    errors.throwAny();
    return condition;
  }

  /** Records of two apps with quiet and busy times, from an hour before the start. */
  private static Records records(Random random) {
    Records records = new Records();
    for (String app : List.of("shop", "bank")) {
      long second = -3_600;
      while (second < RANGE.toSeconds()) {
        boolean busy = random.nextInt(3) == 0;
        for (int i = random.nextInt(12); i > 0; i--) {
          add(records, second, app, 1, random);
          second += 1 + random.nextInt(busy ? 5 : 20);
        }
        second += random.nextInt(150);
      }
    }
    return records;
  }

  private static void add(Records records, long second, String app, int count) {
    add(records, second, app, count, new Random(count));
  }

  private static void add(Records records, long second, String app, int count, Random random) {
    for (int i = 0; i < count; i++) {
      records.add(
          Map.of(
              "_time",
              START.plusSeconds(second).toString(),
              "app",
              app,
              "took",
              Integer.toString(1 + random.nextInt(10)),
              "level",
              random.nextInt(3) == 0 ? "ERROR" : "INFO"));
    }
  }
}
