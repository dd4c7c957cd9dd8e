/**
 * Queries: {@link io.logcaster.query.QueryEngine} for the other features, the limits and the order
 * of running queries, and the HTTP paths of queries. The language is parsed in {@code query.lang}
 * into the syntax tree of {@code query.ast}, and executed by {@code query.exec}.
 */
@NullMarked
package io.logcaster.query;

import org.jspecify.annotations.NullMarked;
