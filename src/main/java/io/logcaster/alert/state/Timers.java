package io.logcaster.alert.state;

import java.time.Duration;
import java.time.Instant;

/**
 * The times that rule an alert's transitions.
 *
 * @param hold how long the condition must hold before the alert fires
 * @param keepFiring how long it must not hold before the alert is resolved
 * @param restoredUntil until when an alert that was restored at the start is not resolved
 */
public record Timers(Duration hold, Duration keepFiring, Instant restoredUntil) {}
