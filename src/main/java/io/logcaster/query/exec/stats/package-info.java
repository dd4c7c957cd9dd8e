/**
 * The functions of the {@code stats} and {@code running_stats} pipes, one class for each family. To
 * add a function, add its constant to {@link io.logcaster.query.ast.StatsFunction}, extend {@link
 * io.logcaster.query.exec.stats.Accumulator}, and add a case to {@link
 * io.logcaster.query.exec.stats.Accumulator#of}; a function of {@code running_stats} extends {@link
 * io.logcaster.query.exec.stats.RunningFunction}.
 */
@NullMarked
package io.logcaster.query.exec.stats;

import org.jspecify.annotations.NullMarked;
