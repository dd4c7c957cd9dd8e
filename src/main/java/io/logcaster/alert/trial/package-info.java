/** Tries a rule on the past: the states of live alerts, over values of one pass. */
@NullMarked
package io.logcaster.alert.trial;

import org.jspecify.annotations.NullMarked;
