package io.logcaster.query.exec;

import io.logcaster.query.exec.CurveCounts.Curves;
import io.logcaster.query.exec.CurveCounts.TemplateCurve;
import io.logcaster.query.exec.text.TemplateGroups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How filters and templates go over time on two sides of a comparison, and which of them say the
 * same because they have almost the same records.
 */
public final class ComparedCurves {

  /** Of the records that two have together, at least this share belongs to both. */
  private static final double SAME = 0.95;

  private final CurvePair records;

  private final List<CurvePair> curves = new ArrayList<>();

  private final List<Item> items = new ArrayList<>();

  /**
   * The counts of a filter or template in equal parts of both ranges.
   *
   * @param inside by the part of the range inside
   * @param outside by the part of the range outside
   */
  public record CurvePair(List<Long> inside, List<Long> outside) {

    static CurvePair of(long[] inside, long[] outside) {
      return new CurvePair(
          Arrays.stream(inside).boxed().toList(), Arrays.stream(outside).boxed().toList());
    }
  }

  /** What groups need to know: the number of a filter, or -1, and what is in common with each. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Item(int filter, long records, long[] common) {}

  private ComparedCurves(CurvePair records) {
    this.records = records;
  }

  /**
   * Compares the sides.
   *
   * @param filters how many filters were counted
   * @param templates the templates that are wanted, as {@link PatternComparison} names them
   */
  public static ComparedCurves of(
      CurveCounts inside, CurveCounts outside, int filters, List<String> templates) {
    Curves here = inside.curves();
    Curves there = outside.curves();
    ComparedCurves compared = new ComparedCurves(CurvePair.of(here.records(), there.records()));
    for (int i = 0; i < filters; i++) {
      compared.curves.add(CurvePair.of(here.filters()[i], there.filters()[i]));
      long[] common = new long[filters];
      for (int other = 0; other < filters; other++) {
        common[other] = here.common()[i][other] + there.common()[i][other];
      }
      compared.items.add(new Item(i, common[i], common));
    }
    compared.addTemplates(here, there, filters, templates);
    return compared;
  }

  private void addTemplates(Curves here, Curves there, int filters, List<String> templates) {
    Set<String> all = new HashSet<>(here.templates().keySet());
    all.addAll(there.templates().keySet());
    Map<String, String> groups = TemplateGroups.of(all);
    Map<String, TemplateCurve> inside = grouped(here.templates(), groups);
    Map<String, TemplateCurve> outside = grouped(there.templates(), groups);
    TemplateCurve noneHere =
        new TemplateCurve(new long[here.records().length], 0, new long[filters]);
    TemplateCurve noneThere =
        new TemplateCurve(new long[there.records().length], 0, new long[filters]);
    for (String template : templates) {
      TemplateCurve one = inside.getOrDefault(template, noneHere);
      TemplateCurve other = outside.getOrDefault(template, noneThere);
      curves.add(CurvePair.of(one.counts(), other.counts()));
      long[] common = one.common().clone();
      Arrays.setAll(common, (i) -> common[i] + other.common()[i]);
      items.add(new Item(-1, one.records() + other.records(), common));
    }
  }

  private static Map<String, TemplateCurve> grouped(
      Map<String, TemplateCurve> curves, Map<String, String> groups) {
    Map<String, TemplateCurve> grouped = new HashMap<>();
    curves.forEach(
        (template, curve) ->
            grouped.merge(groups.getOrDefault(template, template), curve, TemplateCurve::plus));
    return grouped;
  }

  /** All records, by the part of their range. */
  public CurvePair records() {
    return records;
  }

  /** The curves of the filters, then of the templates, in the order of the question. */
  public List<CurvePair> curves() {
    return curves;
  }

  /**
   * Numbers of curves that have almost the same records, the smallest first; each curve is in one
   * group. Those of a group are alike to its first.
   */
  public List<List<Integer>> groups() {
    List<List<Integer>> groups = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      int one = i;
      groups.stream()
          .filter((group) -> isSame(items.get(group.getFirst()), items.get(one)))
          .findFirst()
          .orElseGet(
              () -> {
                List<Integer> group = new ArrayList<>();
                groups.add(group);
                return group;
              })
          .add(one);
    }
    return groups;
  }

  private static boolean isSame(Item one, Item other) {
    // Two templates have no record in common.
    long both =
        (other.filter() >= 0)
            ? one.common()[other.filter()]
            : (one.filter() >= 0) ? other.common()[one.filter()] : 0;
    return both > 0 && both >= SAME * (one.records() + other.records() - both);
  }
}
