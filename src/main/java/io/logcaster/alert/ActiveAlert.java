package io.logcaster.alert;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An alert that is pending or firing.
 *
 * @param id the same as {@link AlertChange#alert}
 * @param rule the rule's id
 * @param name the rule's name
 * @param severity as in {@link AlertChange}
 * @param labels the by-fields of its group and their values
 * @param state {@code PENDING} or {@code FIRING}
 * @param value the latest value; NaN if there is none
 * @param threshold the number with which the value was compared; null if there is none
 * @param reason the condition with its latest numbers
 * @param since when the state last changed
 * @param startedAt when it last became pending or firing from being inactive
 */
public record ActiveAlert(
    String id,
    String rule,
    String name,
    RuleKind kind,
    String severity,
    Map<String, String> labels,
    AlertState state,
    double value,
    @Nullable Double threshold,
    String reason,
    Instant since,
    Instant startedAt) {}
