/**
 * Threads that must not die by accident, and limits on the memory and time of one task. Independent
 * of all features.
 */
@NullMarked
package io.logcaster.work;

import org.jspecify.annotations.NullMarked;
