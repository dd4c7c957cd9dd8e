package io.logcaster.query.exec;

import io.logcaster.query.ast.Filter;
import io.logcaster.query.exec.filter.RowMatcher;

/**
 * The filter of a query on stored records.
 *
 * @param tree as it was parsed, with times as they are stored
 * @param matcher as it is compiled
 * @param now the moment from which its relative times count, in nanoseconds since the epoch
 */
record StoredFilter(Filter tree, RowMatcher matcher, long now) {}
