/** What a rule asks of the store: values of groups in a window, or in many at once. */
@NullMarked
package io.logcaster.alert.query;

import org.jspecify.annotations.NullMarked;
