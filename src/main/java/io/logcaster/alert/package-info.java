/**
 * Alerts: rules ask the stored records a question again and again, a value beyond a rule's
 * threshold makes an alert, and every change of an alert is kept, streamed and notified.
 */
@NullMarked
package io.logcaster.alert;

import org.jspecify.annotations.NullMarked;
