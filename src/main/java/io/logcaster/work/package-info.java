/**
 * Work that others start: threads that must not end by accident, and limits on what one task may
 * take. Knows nothing of the features.
 */
@NullMarked
package io.logcaster.work;

import org.jspecify.annotations.NullMarked;
