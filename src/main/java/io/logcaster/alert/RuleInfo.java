package io.logcaster.alert;

import java.time.Duration;

/**
 * What others may know of a rule.
 *
 * @param query the stats query whose value the rule judges, or the filter of a rule of kind {@code
 *     new-template}
 * @param window how far back the query looks
 * @param severity the severity of its alerts, unless one of its levels says otherwise
 */
public record RuleInfo(
    String id,
    String name,
    RuleKind kind,
    String query,
    Duration window,
    String severity,
    boolean enabled) {}
