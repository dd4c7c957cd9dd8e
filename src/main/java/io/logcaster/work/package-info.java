/**
 * Threads that must not die by accident ({@link io.logcaster.work.LongLived}, {@link
 * io.logcaster.work.LastResort}), and limits on the memory and time of one task ({@link
 * io.logcaster.work.WorkLimit}). Independent of all features.
 */
@NullMarked
package io.logcaster.work;

import org.jspecify.annotations.NullMarked;
