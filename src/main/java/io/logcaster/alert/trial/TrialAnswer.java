package io.logcaster.alert.trial;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rule would have done.
 *
 * @param step the time between two evaluations in the trial
 * @param groups how many groups there are; {@code series} has those that matter most
 * @param series values of groups, the most serious ones first
 * @param firings what would have fired, the earliest first
 * @param totalFirings how many there are; {@code firings} has at most the first 1,000
 * @param perWeek how often an alert would fire in a week at other thresholds; empty for kinds
 *     without thresholds
 * @param proposal null for kinds without thresholds, and if there are no values
 */
public record TrialAnswer(
    Instant start,
    Instant end,
    String step,
    int groups,
    List<Curve> series,
    List<Firing> firings,
    int totalFirings,
    List<PerWeek> perWeek,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Proposal proposal) {

  /**
   * The values of a group.
   *
   * @param points pairs of time and value; each stands for several evaluations and has their value
   *     that is closest to firing
   */
  record Curve(Map<String, String> labels, List<List<Object>> points) {}

  /**
   * An alert that would have fired.
   *
   * @param to when it would have been resolved; absent if it still fired at the end
   * @param value the value with which it fired
   */
  record Firing(
      Map<String, String> labels,
      Instant from,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant to,
      double value,
      String severity,
      String reason) {}

  /**
   * @param firings how many alerts would fire in a week
   */
  record PerWeek(double threshold, double firings) {}

  /**
   * Settings with which the rule fires at most as often as wanted.
   *
   * @param threshold the most sensitive one of those tried; for a rule of kind {@code change}, the
   *     factor
   * @param hold called {@code for}
   * @param recoverThreshold absent for kinds that have none
   * @param perWeek how many alerts would fire in a week with these settings
   */
  record Proposal(
      double threshold,
      @com.fasterxml.jackson.annotation.JsonProperty("for") String hold,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double recoverThreshold,
      double perWeek) {}
}
