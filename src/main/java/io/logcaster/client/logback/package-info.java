/**
 * Sends what an application logs through Logback (1.3 or later) to a LogCaster server. A bridge for
 * another logging library is a package like this one, on top of {@code client}.
 */
@NullMarked
package io.logcaster.client.logback;

import org.jspecify.annotations.NullMarked;
