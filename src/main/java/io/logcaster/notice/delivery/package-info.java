/** Brings notices to their channels: a queue on disk for each, retries, and dead letters. */
@NullMarked
package io.logcaster.notice.delivery;

import org.jspecify.annotations.NullMarked;
