/**
 * What causes an alert: a {@link io.logcaster.alert.condition.Condition} for each kind of rule,
 * which reads, judges and explains itself.
 */
@NullMarked
package io.logcaster.alert.condition;

import org.jspecify.annotations.NullMarked;
