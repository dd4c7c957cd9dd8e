/**
 * Threads that must not die by accident: {@link io.logcaster.work.LongLived} restarts them, {@link
 * io.logcaster.work.ThreadFailures} counts their failures, {@link io.logcaster.work.LastResort}
 * ends the process when memory is exhausted. Independent of all features.
 */
@NullMarked
package io.logcaster.work;

import org.jspecify.annotations.NullMarked;
