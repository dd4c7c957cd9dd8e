package io.logcaster.alert.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.alert.condition.AbsenceCondition;
import io.logcaster.alert.condition.AlertLevels;
import io.logcaster.alert.condition.AlertRule;
import io.logcaster.alert.condition.ChangeCondition;
import io.logcaster.alert.condition.Comparison;
import io.logcaster.alert.condition.Condition;
import io.logcaster.alert.condition.ConditionBody;
import io.logcaster.alert.condition.RatioCondition;
import io.logcaster.alert.condition.RuleErrors;
import io.logcaster.alert.condition.RuleTools;
import io.logcaster.alert.condition.ThresholdCondition;
import io.logcaster.alert.query.StatsQuery;
import io.logcaster.alert.rule.Rules;
import io.logcaster.query.QueryEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which planted events of a week the rules find, how late, and what they report besides. */
class SimulatedWeekTest {

  private static final String COUNT = "* | stats by (app) count() value";
  private static final String ERRORS = "level:=ERROR | stats by (app) count() value";

  /** A rule with the events that it is meant to find. */
  private record Watch(String name, Week.Kind finds, AlertRule rule) {}

  private static List<Watch> watches() {
    return List.of(
        new Watch(
            "threshold: more than 10 errors of an app in 5 minutes",
            Week.Kind.ERRORS,
            rule(ERRORS, 5, new ThresholdCondition(above(10, 0)))),
        new Watch(
            "ratio: more than 10 % errors in 10 minutes, of at least 20 records",
            Week.Kind.ERROR_SHARE, rule(ERRORS, 10, new RatioCondition(COUNT, above(0.1, 20)))),
        new Watch(
            "absence: a host sends nothing for 5 minutes",
            Week.Kind.SILENCE,
            rule("* | stats by (host) count() value", 5, new AbsenceCondition(List.of(), null))),
        new Watch(
            "change: 12 deviations above the median of 12 windows of 5 minutes, and more than 40",
            Week.Kind.SURGE,
            rule(COUNT, 5, change("median-mad", ">", 12, 40.0))),
        new Watch(
            "change: less than half of yesterday over 30 minutes",
            Week.Kind.DROP,
            rule(COUNT, 30, change("yesterday", "<", 2, null))));
  }

  private static AlertLevels above(double threshold, long minRecords) {
    return new AlertLevels(Comparison.GREATER, threshold, null, null, minRecords);
  }

  private static ChangeCondition change(
      String method, String comparison, double factor, @Nullable Double floor) {
    RuleErrors errors = new RuleErrors();
    ConditionBody.BaselineBody baseline = new ConditionBody.BaselineBody(method, factor, null);
    ConditionBody body =
        new ConditionBody(
            comparison, floor, null, null, null, null, null, baseline, null, null, null);
    ChangeCondition condition = ChangeCondition.read(body, Duration.ofMinutes(5), errors);
    errors.throwAny();
    return condition;
  }

  private static AlertRule rule(String query, int minutes, Condition condition) {
    return new AlertRule(
        "r",
        "r",
        query,
        Duration.ofMinutes(minutes),
        Duration.ofSeconds(60),
        condition,
        Duration.ZERO,
        Duration.ofMinutes(5),
        "warning",
        true);
  }

  @Test
  void plantedEvents_areFoundAsTheManualSays() throws IOException {
    QueryEngine engine = Week.engine();
    RuleTools tools =
        new RuleTools(
            (text) -> StatsQuery.compile(engine, text),
            Rules.NO_BIRTHS,
            new NoGroups(),
            Week.START);
    List<String> table = new ArrayList<>();
    for (Watch watch : watches()) {
      table.add(line(watch, tools));
    }

    assertThat(Files.readString(Path.of("src/docs/alerts.md"))).contains(table);
  }

  private static String line(Watch watch, RuleTools tools) throws IOException {
    List<TrialAnswer.Firing> firings =
        new ArrayList<>(
            RuleTrial.of(watch.rule(), tools, Week.START, Week.END, List.of(), 1).firings());
    List<Week.Event> planted =
        Week.EVENTS.stream().filter((event) -> event.kind() == watch.finds()).toList();
    List<Duration> delays = new ArrayList<>();
    for (Week.Event event : planted) {
      firings.stream()
          .filter((firing) -> isOf(firing, event, watch.rule()))
          .map((firing) -> Duration.between(event.start(), firing.from()))
          .min(Comparator.naturalOrder())
          .ifPresent(delays::add);
    }
    // What another event causes is no false alarm.
    long others =
        firings.stream()
            .filter(
                (firing) ->
                    Week.EVENTS.stream().noneMatch((event) -> isOf(firing, event, watch.rule())))
            .count();
    String late =
        delays.stream()
            .map((delay) -> Long.toString(delay.toMinutes()))
            .reduce((one, other) -> one + ", " + other)
            .orElse("–");
    return "| %s | %d of %d | %s | %d |"
        .formatted(watch.name(), delays.size(), planted.size(), late, others);
  }

  /** Whether a firing begins in an event, or while its records are in the window. */
  private static boolean isOf(TrialAnswer.Firing firing, Week.Event event, AlertRule rule) {
    boolean own = firing.labels().containsValue(event.who()) || event.kind() == Week.Kind.SILENCE;
    return own
        && !firing.from().isBefore(event.start())
        && firing.from().isBefore(event.end().plus(rule.window()));
  }
}
