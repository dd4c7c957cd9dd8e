/** Sends what an application logs through Logback (1.3 or later) to a LogCaster server. */
@NullMarked
package io.logcaster.client.logback;

import org.jspecify.annotations.NullMarked;
