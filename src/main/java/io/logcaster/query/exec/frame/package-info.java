/**
 * Rows as operators see them: a {@link io.logcaster.query.exec.frame.Frame} of columns, the rows of
 * a stored batch or new ones, and the numbering of values that grouping rests on. Look here for
 * "how do I read or make a column?".
 */
@NullMarked
package io.logcaster.query.exec.frame;

import org.jspecify.annotations.NullMarked;
