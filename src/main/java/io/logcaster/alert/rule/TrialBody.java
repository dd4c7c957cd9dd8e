package io.logcaster.alert.rule;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to try a rule on the past.
 *
 * @param rule a rule, as it is created; its id is ignored
 * @param start 7 days before the end by default
 * @param end the present by default
 * @param thresholds for which the number of firings is wanted (for a rule of kind {@code change}:
 *     factors); by default chosen from the values that occurred
 * @param maxPerWeek how often the proposed rule may fire in a week; 1 by default
 */
record TrialBody(
    @Nullable RuleBody rule,
    @Nullable Instant start,
    @Nullable Instant end,
    @Nullable List<Double> thresholds,
    @Nullable Double maxPerWeek) {}
