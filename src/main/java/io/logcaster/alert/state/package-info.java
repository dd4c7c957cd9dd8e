/** The states of an alert: pending, firing, resolved, with the timers between them. */
@NullMarked
package io.logcaster.alert.state;

import org.jspecify.annotations.NullMarked;
