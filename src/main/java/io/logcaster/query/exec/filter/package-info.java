/**
 * Compiled filters, one class for each kind. {@link io.logcaster.query.exec.filter.FilterCompiler}
 * turns a filter of the syntax tree into a {@link io.logcaster.query.exec.filter.RowMatcher}. To
 * add a filter of a field's value, write a {@code ValueMatcher} here and its case in the compiler;
 * any other filter is a {@code RowMatcher}.
 */
@NullMarked
package io.logcaster.query.exec.filter;

import org.jspecify.annotations.NullMarked;
