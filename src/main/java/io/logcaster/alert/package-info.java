/**
 * Alerts: what other features know of rules and alerts. Rules are judged in {@code alert.rule};
 * every change of an alert is stored, streamed and handed to listeners.
 */
@NullMarked
package io.logcaster.alert;

import org.jspecify.annotations.NullMarked;
