/**
 * Alerts: rules regularly query the stored records, a group for which a rule's {@link
 * io.logcaster.alert.Condition} holds causes an alert, and every change of an alert is stored,
 * streamed and handed to listeners.
 */
@NullMarked
package io.logcaster.alert;

import org.jspecify.annotations.NullMarked;
