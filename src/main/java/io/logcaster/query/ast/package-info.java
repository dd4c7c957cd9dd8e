/**
 * The syntax tree of a query. Every node prints its canonical text, and queries of the same meaning
 * print the same text. To add a pipe or a filter, write its record here and add it to the permitted
 * types of {@link io.logcaster.query.ast.Pipe}, {@link io.logcaster.query.ast.ValueFilter} or
 * {@link io.logcaster.query.ast.Filter}, and its name to {@link io.logcaster.query.ast.PipeName} or
 * {@link io.logcaster.query.ast.FilterFunction}; a stats function is a constant of {@link
 * io.logcaster.query.ast.StatsFunction}. The compiler names what is then missing.
 */
@NullMarked
package io.logcaster.query.ast;

import org.jspecify.annotations.NullMarked;
