package io.logcaster.alert.condition;

import io.logcaster.alert.AlertDurations;
import io.logcaster.alert.RuleKind;
import io.logcaster.alert.query.AlertQuery;
import io.logcaster.alert.query.GroupValue;
import io.logcaster.alert.query.Unreached;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Kind {@code threshold}: the value of a stats query passes a number.
 *
 * @param levels the numbers
 */
public record ThresholdCondition(AlertLevels levels) implements Condition {

  static @Nullable ThresholdCondition read(ConditionBody body, String severity, RuleErrors errors) {
    AlertLevels levels = AlertLevels.read(body, severity, errors);
    return levels == null ? null : new ThresholdCondition(levels);
  }

  @Override
  public RuleKind kind() {
    return RuleKind.THRESHOLD;
  }

  @Override
  public ConditionBody body() {
    return levels.body(null);
  }

  @Override
  public long leastRecords(AlertQuery query) {
    return levels.leastRecords(query.isAtMostRecords());
  }

  @Override
  public Judge judge(AlertRule rule, RuleTools tools) {
    AlertQuery compiled = tools.compiler().compile(rule.query());
    AlertQuery query = levels.minRecords() > 0 ? compiled.countingRecords() : compiled;
    String after = "over " + AlertDurations.print(rule.window());
    return new Judge() {
      @Override
      public Verdicts judge(Instant end) throws java.io.IOException {
        Unreached away = new Unreached();
        List<GroupValue> values = query.ask(end.minus(rule.window()), end, away);
        List<GroupVerdict> verdicts = new ArrayList<>(values.size());
        for (GroupValue found : values) {
          verdicts.add(
              levels.judge(
                  found.labels(), found.value(), found.records(), rule.severity(), () -> after));
        }
        if (away.isEmpty()) {
          return new Verdicts(verdicts, GroupValue.trouble(values));
        }
        boolean mayFire = levels.comparison().isAbove() && query.isLowerBound();
        verdicts.removeIf((verdict) -> !mayFire || !verdict.holds());
        return Verdicts.certain(verdicts, away);
      }

      @Override
      public boolean mayHold(Arrivals arrivals, Instant end) {
        long first = query.groupFields().isEmpty() ? 0 : 1; // a group without records is none
        return !compiled.isRecordCount()
            || arrivals.anyGroup(
                (key, least, most) ->
                    levels.mayPass((double) Math.max(first, least), (double) most));
      }

      @Override
      public boolean countsLate() {
        // A value that only grows with records is not below a threshold because some are late.
        return !query.growsWithRecords() || !levels.comparison().isBelow();
      }
    };
  }
}
