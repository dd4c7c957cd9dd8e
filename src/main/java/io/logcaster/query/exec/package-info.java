/**
 * Runs queries. {@link io.logcaster.query.exec.QueryExecution} plans a query, scans the storage,
 * and finishes; {@link io.logcaster.query.exec.Plan} turns pipes into operators; {@link
 * io.logcaster.query.exec.LivePipeline} runs the same operators on batches as they arrive; {@link
 * io.logcaster.query.exec.IndexCounts} answers from the index what needs no rows.
 *
 * <p>Where do I add …
 *
 * <ul>
 *   <li>a pipe: its syntax in {@code query.lang} and {@code query.ast}, its operator in {@code
 *       pipe}, one case in {@code Plan}
 *   <li>a stats function: {@code stats}
 *   <li>a filter: {@code filter}
 * </ul>
 *
 * <p>The rooms know each other in one direction: text, budget, frame, filter, stats, pipe, and last
 * this package, each only those before it.
 */
@NullMarked
package io.logcaster.query.exec;

import org.jspecify.annotations.NullMarked;
