package io.logcaster.alert.trial;

import io.logcaster.alert.AlertDurations;
import io.logcaster.alert.condition.AbsenceCondition;
import io.logcaster.alert.condition.AbsenceJudge;
import io.logcaster.alert.condition.AlertLevels;
import io.logcaster.alert.condition.AlertRule;
import io.logcaster.alert.condition.ChangeCondition;
import io.logcaster.alert.condition.Condition;
import io.logcaster.alert.condition.NewTemplateCondition;
import io.logcaster.alert.condition.NewTemplates;
import io.logcaster.alert.condition.RatioCondition;
import io.logcaster.alert.condition.RuleTools;
import io.logcaster.alert.condition.ThresholdCondition;
import io.logcaster.alert.query.AlertQuery;
import io.logcaster.alert.query.Combination;
import io.logcaster.alert.query.TooManyValuesException;
import io.logcaster.alert.query.ValueSeries;
import io.logcaster.system.ProblemException;
import io.logcaster.template.TemplateBirth;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a trial needs: one pass over the store for each query of the rule. */
final class TrialTracks {

  private final AlertRule rule;
  private final RuleTools tools;
  private final Instant start;
  private final Instant end;
  private int maxSteps = TrialGrid.MAX_STEPS;
  private @Nullable TrialGrid grid;

  TrialTracks(AlertRule rule, RuleTools tools, Instant start, Instant end) {
    this.rule = rule;
    this.tools = tools;
    this.start = start;
    this.end = end;
  }

  /** The steps of the trial and its groups. */
  record Tracks(TrialGrid grid, List<Track> all) {}

  /**
   * @throws ProblemException 400 if the values of all groups do not fit into the memory, even with
   *     steps as long as the window
   */
  Tracks read() throws IOException {
    while (true) {
      try {
        return tracks();
      } catch (TooManyValuesException ex) {
        TrialGrid known = grid;
        if (known == null || known.windowSteps() == 1) {
          throw ex;
        }
        double least = Duration.between(start, end).dividedBy(rule.window()) + 1.0;
        maxSteps = (int) Math.max(least, known.count() / ex.excess() * 0.9);
      }
    }
  }

  private Tracks tracks() throws IOException {
    return switch (rule.condition()) {
      case ThresholdCondition condition -> threshold(condition);
      case RatioCondition condition -> ratio(condition);
      case ChangeCondition condition -> change(condition);
      case AbsenceCondition condition -> absence(condition);
      case NewTemplateCondition condition -> newTemplate(condition);
    };
  }

  private TrialGrid grid(Combination combination) {
    TrialGrid made = TrialGrid.of(rule, start, end, combination, maxSteps);
    grid = made;
    return made;
  }

  private Tracks threshold(ThresholdCondition condition) throws IOException {
    AlertLevels levels = condition.levels();
    AlertQuery query = compile(levels.minRecords() > 0);
    TrialGrid grid = grid(query.combination());
    String after = "over " + AlertDurations.print(rule.window());
    List<Track> tracks = new ArrayList<>();
    for (SlidingValues values : sliding(query, grid, 0)) {
      tracks.add(
          new LevelTrack(
              values.labels(),
              levels,
              values,
              (index) ->
                  levels.judge(
                      values.labels(),
                      values.value(index),
                      values.records(index),
                      rule.severity(),
                      () -> after)));
    }
    return new Tracks(grid, tracks);
  }

  private AlertQuery compile(boolean counting) {
    AlertQuery query = tools.compiler().compile(rule.query());
    return counting ? query.countingRecords() : query;
  }

  private Tracks ratio(RatioCondition condition) throws IOException {
    AlertQuery part = compile(false);
    AlertQuery total = condition.compileTotal(tools.compiler(), part);
    Combination combination =
        part.combination() == Combination.NONE ? Combination.NONE : total.combination();
    TrialGrid grid = grid(combination);
    Map<Map<String, String>, SlidingValues> parts = new HashMap<>();
    sliding(part, grid, 0).forEach((values) -> parts.put(values.labels(), values));
    double missing = part.growsWithRecords() ? 0 : Double.NaN;
    List<Track> tracks = new ArrayList<>();
    for (SlidingValues divisor : sliding(total, grid, 0)) {
      Map<String, String> labels = divisor.labels();
      RatioValues values = new RatioValues(divisor, parts.get(labels), missing);
      tracks.add(
          new LevelTrack(
              labels,
              condition.levels(),
              values,
              (index) ->
                  condition.judge(
                      rule,
                      labels,
                      values.part(index),
                      divisor.value(index),
                      values.records(index))));
    }
    return new Tracks(grid, tracks);
  }

  private Tracks change(ChangeCondition condition) throws IOException {
    AlertQuery query = compile(condition.minRecords() > 0);
    AlertQuery everything = query.presence(tools.compiler());
    Duration reach = condition.baseline().reach(rule.window());
    TrialGrid grid = grid(query.combination());
    int before = grid.steps(reach);
    double missing = query.growsWithRecords() ? 0 : Double.NaN;
    boolean[] usable = ChangeCondition.usable(List.of(), before + grid.count());
    for (SlidingValues values : sliding(everything, grid, before)) {
      for (int i = 0; i < values.size(); i++) {
        usable[i] |= values.value(i) > 0;
      }
    }
    List<Track> tracks = new ArrayList<>();
    for (SlidingValues values : sliding(query, grid, before)) {
      tracks.add(new ChangeTrack(rule, condition, query, values, usable, grid, before, missing));
    }
    return new Tracks(grid, tracks);
  }

  private Tracks absence(AbsenceCondition condition) throws IOException {
    AlertQuery query = compile(false);
    Duration back = rule.window().multipliedBy(2);
    back = back.compareTo(AbsenceJudge.LOOK_BACK) < 0 ? AbsenceJudge.LOOK_BACK : back;
    TrialGrid grid =
        grid(query.combination() == Combination.NONE ? Combination.NONE : Combination.SUM);
    int before = grid.steps(back);
    List<Track> tracks = new ArrayList<>();
    Set<Map<String, String>> seen = new HashSet<>();
    for (SlidingValues values : sliding(query, grid, before)) {
      seen.add(values.labels());
      boolean expected = condition.expected().contains(values.labels());
      tracks.add(new AbsenceTrack(rule, values, before, expected || query.groupFields().isEmpty()));
    }
    List<Map<String, String>> never =
        query.groupFields().isEmpty() ? List.of(Map.of()) : condition.expected();
    for (Map<String, String> labels : never) {
      if (!seen.contains(labels)) {
        ValueSeries none = ValueSeries.empty(labels, grid.count() + before);
        tracks.add(
            new AbsenceTrack(
                rule, SlidingValues.of(none, 1, 1, Combination.NONE, Double.NaN), before, true));
      }
    }
    return new Tracks(grid, tracks);
  }

  private Tracks newTemplate(NewTemplateCondition condition) {
    TrialGrid grid = grid(Combination.SUM);
    NewTemplates.BirthFilter filter = tools.births().filter(rule.query());
    String mark = condition.sinceMark();
    Instant since = mark == null ? Instant.MIN : tools.births().mark(mark, end).orElse(Instant.MIN);
    List<Track> tracks = new ArrayList<>();
    for (TemplateBirth birth : tools.births().between(start.minus(rule.window()), end)) {
      if (condition.matches(birth, filter)
          && !birth.learned().isBefore(since)
          && tracks.size() < Condition.MAX_GROUPS) {
        tracks.add(new BirthTrack(rule, birth, grid));
      }
    }
    return new Tracks(grid, tracks);
  }

  /**
   * The values of all groups at all steps.
   *
   * @param before how many steps before the first one are needed as well
   */
  private List<SlidingValues> sliding(AlertQuery query, TrialGrid grid, int before)
      throws IOException {
    int size = grid.windowSteps();
    int count = grid.count() + before + size - 1;
    // A window ends with the time of its step.
    Instant first = grid.start().minus(grid.step().multipliedBy((long) before + size));
    List<ValueSeries> series = query.series(first, count, grid.step());
    boolean only = query.groupFields().isEmpty();
    if (series.isEmpty() && only) {
      series = List.of(ValueSeries.empty(Map.of(), count));
    }
    double missing = only && query.growsWithRecords() ? 0 : Double.NaN;
    double seconds = grid.step().toMillis() / 1_000.0;
    List<SlidingValues> all = new ArrayList<>(series.size());
    for (ValueSeries one : series) {
      all.add(SlidingValues.of(one, size, seconds, query.combination(), missing).from(size - 1));
    }
    return all;
  }
}
