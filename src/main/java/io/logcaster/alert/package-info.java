/**
 * Alerts: rules regularly query the stored records, a value beyond a rule's threshold causes an
 * alert, and every change of an alert is stored, streamed and sent to notifiers.
 */
@NullMarked
package io.logcaster.alert;

import org.jspecify.annotations.NullMarked;
