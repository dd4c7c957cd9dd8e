/**
 * The functions of the {@code stats} and {@code running_stats} pipes, one class for each family. To
 * add a function, extend {@link io.logcaster.query.exec.stats.Accumulator}.
 */
@NullMarked
package io.logcaster.query.exec.stats;

import org.jspecify.annotations.NullMarked;
