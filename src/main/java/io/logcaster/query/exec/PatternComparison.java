package io.logcaster.query.exec;

import io.logcaster.query.exec.PatternMiner.Total;
import io.logcaster.query.exec.compare.LikelihoodRatio;
import io.logcaster.query.exec.text.TemplateGroups;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares how frequent templates are in two ranges. What counts is a template's share of the
 * records of its range, so the ranges may have different lengths or load.
 *
 * <p>The score is the {@link LikelihoodRatio}. A template that is in both ranges is left out if its
 * change may be due to chance or is small.
 */
public final class PatternComparison {

  private PatternComparison() {}

  /** What happened to a template from the base to the range. */
  public enum Kind {
    APPEARED,
    VANISHED,
    GREW,
    SHRANK
  }

  /**
   * A template whose share differs.
   *
   * @param member the most frequent of the templates that it stands for; itself if it is none
   * @param count how many records of the range have it
   * @param baseCount how many records of the base have it
   * @param ratio its share of the range divided by its share of the base, each with half a record
   *     added, so that it is finite
   * @param score the log-likelihood ratio
   * @param example a message
   */
  public record Change(
      Kind kind,
      String pattern,
      String member,
      long count,
      long baseCount,
      double ratio,
      double score,
      String example) {}

  /** All changes, those with the highest score first. */
  public static List<Change> of(PatternMiner range, PatternMiner base) {
    Map<String, Total> now = range.totals();
    Map<String, Total> before = base.totals();
    // Grouped together, so that a variable with few values in one range is none in the other.
    Set<String> all = new HashSet<>(now.keySet());
    all.addAll(before.keySet());
    Map<String, String> groups = TemplateGroups.of(all);
    Map<String, Long> counts = new HashMap<>();
    all.forEach(
        (template) ->
            counts.put(
                template,
                now.getOrDefault(template, Total.NONE).count()
                    + before.getOrDefault(template, Total.NONE).count()));
    Map<String, String> members = PatternMiner.members(groups, counts);
    Map<String, Total> nowGrouped = grouped(now, groups);
    Map<String, Total> beforeGrouped = grouped(before, groups);
    Set<String> patterns = new HashSet<>(nowGrouped.keySet());
    patterns.addAll(beforeGrouped.keySet());
    List<Change> changes = new ArrayList<>();
    for (String pattern : patterns) {
      Total inRange = nowGrouped.getOrDefault(pattern, Total.NONE);
      Total inBase = beforeGrouped.getOrDefault(pattern, Total.NONE);
      double score =
          LikelihoodRatio.score(inRange.count(), range.rows(), inBase.count(), base.rows());
      double ratio =
          LikelihoodRatio.ratio(inRange.count(), range.rows(), inBase.count(), base.rows());
      boolean differs = LikelihoodRatio.isChange(score, ratio);
      Kind kind =
          (inBase.count() == 0)
              ? Kind.APPEARED
              : (inRange.count() == 0) ? Kind.VANISHED : (ratio > 1) ? Kind.GREW : Kind.SHRANK;
      if (differs || kind == Kind.APPEARED || kind == Kind.VANISHED) {
        changes.add(
            new Change(
                kind,
                pattern,
                members.getOrDefault(pattern, pattern),
                inRange.count(),
                inBase.count(),
                ratio,
                score,
                inRange.plus(inBase).example()));
      }
    }
    changes.sort(
        Comparator.comparingDouble(Change::score).reversed().thenComparing(Change::pattern));
    return changes;
  }

  private static Map<String, Total> grouped(Map<String, Total> totals, Map<String, String> groups) {
    Map<String, Total> grouped = new HashMap<>();
    totals.forEach(
        (template, total) ->
            grouped.merge(groups.getOrDefault(template, template), total, Total::plus));
    return grouped;
  }
}
