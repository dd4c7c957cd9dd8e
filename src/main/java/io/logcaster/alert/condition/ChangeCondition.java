package io.logcaster.alert.condition;

import io.logcaster.alert.AlertDurations;
import io.logcaster.alert.RuleKind;
import io.logcaster.alert.query.AlertQuery;
import io.logcaster.alert.query.GroupValue;
import io.logcaster.alert.query.Unreached;
import io.logcaster.alert.query.ValueSeries;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Kind {@code change}: the value of a stats query differs from what it was before.
 *
 * @param baseline what it is compared with
 * @param floor the value must pass this number as well; null for any value
 * @param minRecords with fewer records in the window, the condition does not hold
 */
public record ChangeCondition(Baseline baseline, @Nullable Double floor, long minRecords)
    implements Condition {

  public static @Nullable ChangeCondition read(
      ConditionBody body, Duration window, RuleErrors errors) {
    Baseline baseline = Baseline.read(body, window, errors);
    Double floor = body.threshold();
    if (floor != null && !Double.isFinite(floor)) {
      errors.add("threshold", "must be a number that the value has to pass as well");
    }
    if (floor != null && baseline != null && baseline.comparison() == Comparison.NOT_EQUAL) {
      errors.add("threshold", "needs a 'comparison' that is one of > >= < <=");
    }
    long minRecords = AlertLevels.minRecords(body, errors);
    return baseline == null ? null : new ChangeCondition(baseline, floor, minRecords);
  }

  @Override
  public RuleKind kind() {
    return RuleKind.CHANGE;
  }

  @Override
  public ConditionBody body() {
    return new ConditionBody(
        baseline.comparison().symbol(),
        floor,
        null,
        null,
        minRecords == 0 ? null : minRecords,
        null,
        null,
        baseline.body(),
        null,
        null,
        null);
  }

  @Override
  public long leastRecords(AlertQuery query) {
    if (baseline.comparison() != Comparison.GREATER) {
      return 0;
    }
    long least = Math.max(1, minRecords);
    return floor != null && query.isAtMostRecords()
        ? Math.max(least, (long) Math.floor(floor) + 1)
        : least;
  }

  @Override
  public Judge judge(AlertRule rule, RuleTools tools) {
    AlertQuery compiled = tools.compiler().compile(rule.query());
    AlertQuery query = minRecords > 0 ? compiled.countingRecords() : compiled;
    AlertQuery everything = compiled.presence(tools.compiler());
    return (end) -> judge(rule, query, everything, end);
  }

  private Judge.Verdicts judge(AlertRule rule, AlertQuery query, AlertQuery everything, Instant end)
      throws IOException {
    Duration window = rule.window();
    Instant start = end.minus(window);
    Unreached away = new Unreached();
    List<GroupValue> current = query.ask(start, end, away);
    int count = baseline.windows();
    Instant past = baseline.start(start, window);
    boolean[] usable = usable(everything.series(past, count, window, away), count);
    Map<Map<String, String>, double[]> before = new HashMap<>();
    query.series(past, count, window, away).forEach((s) -> before.put(s.labels(), s.values()));
    if (!away.isEmpty()) {
      return Judge.Verdicts.certain(List.of(), away);
    }
    Map<Map<String, String>, GroupValue> now = new HashMap<>();
    current.forEach((value) -> now.put(value.labels(), value));
    if (query.growsWithRecords()) {
      before.keySet().forEach((l) -> now.putIfAbsent(l, new GroupValue(l, 0, null, 0)));
    }
    double missing = query.growsWithRecords() ? 0 : Double.NaN;
    List<GroupVerdict> verdicts = new ArrayList<>();
    for (GroupValue value : now.values()) {
      double[] values = before.getOrDefault(value.labels(), new double[0]);
      double[] earlier = baseline.select(values, usable, missing);
      verdicts.add(judge(rule, value.labels(), value.value(), value.records(), earlier, query));
    }
    return new Judge.Verdicts(verdicts, GroupValue.trouble(current));
  }

  /** Which windows have any record at all. */
  public static boolean[] usable(List<ValueSeries> all, int count) {
    boolean[] usable = new boolean[count];
    for (ValueSeries series : all) {
      for (int i = 0; i < count; i++) {
        usable[i] |= series.values()[i] > 0;
      }
    }
    return usable;
  }

  /**
   * The largest factor with which a value may be a change; negative if it is none with any.
   *
   * @param past the values of earlier windows
   */
  public double strength(double value, double[] past, AlertQuery query) {
    Baseline.Bounds bounds = baseline.bounds(past, query.growsWithRecords());
    return bounds == null || Double.isNaN(value) ? -1 : bounds.strength(value);
  }

  /**
   * Judges a value.
   *
   * @param past the values of earlier windows
   */
  public GroupVerdict judge(
      AlertRule rule,
      Map<String, String> labels,
      double value,
      long records,
      double[] past,
      AlertQuery query) {
    String over = "over " + AlertDurations.print(rule.window());
    if (minRecords > 0 && records >= 0 && records < minRecords) {
      return GroupVerdict.clear(
          labels,
          value,
          null,
          () -> records + " records are fewer than " + minRecords + " " + over);
    }
    Baseline.Bounds bounds = baseline.bounds(past, query.growsWithRecords());
    if (bounds == null) {
      return GroupVerdict.clear(labels, value, null, () -> "not enough past to compare with");
    }
    boolean passes =
        bounds.isPassed(value)
            && (floor == null || baseline.comparison().test(value, Objects.requireNonNull(floor)));
    double bound = bounds.shown(value);
    return passes
        ? GroupVerdict.holds(
            labels, rule.severity(), value, bound, () -> bounds.explain(value, true, over))
        : GroupVerdict.clear(labels, value, bound, () -> bounds.explain(value, false, over));
  }
}
