/**
 * Runs queries. {@link io.logcaster.query.exec.QueryExecution} plans a query, scans the storage,
 * and finishes; {@link io.logcaster.query.exec.Plan} turns pipes into operators; {@link
 * io.logcaster.query.exec.LivePipeline} runs the same operators on batches as they arrive; {@link
 * io.logcaster.query.exec.IndexCounts} answers from the index what needs no rows.
 *
 * <p>Where do I add …
 *
 * <ul>
 *   <li>a pipe: its record in {@code query.ast} with its {@link io.logcaster.query.ast.PipeTraits},
 *       its name in {@link io.logcaster.query.ast.PipeName}, its case in a parser of {@code
 *       query.lang}, its operator in {@code pipe}, its case in {@code Plan}
 *   <li>a stats function: its constant in {@link io.logcaster.query.ast.StatsFunction}, its class
 *       in {@code stats} and its case in {@link io.logcaster.query.exec.stats.Accumulator}
 *   <li>a filter: its record in {@code query.ast}, its case in a parser, its matcher in {@code
 *       filter} and its case in {@link io.logcaster.query.exec.filter.FilterCompiler}
 * </ul>
 *
 * <p>The compiler names each switch that lacks a case for a new pipe, filter or function.
 *
 * <p>The rooms know each other in one direction, each only those before it: text, budget, frame,
 * filter, stats, pipe, and last this package.
 */
@NullMarked
package io.logcaster.query.exec;

import org.jspecify.annotations.NullMarked;
