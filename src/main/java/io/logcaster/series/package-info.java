/**
 * Stats as series: a stats query that is evaluated step by step and whose values are kept beyond
 * the retention of its records. {@code SeriesFile} specifies the files; {@code SeriesTask}
 * evaluates.
 */
@NullMarked
package io.logcaster.series;

import org.jspecify.annotations.NullMarked;
