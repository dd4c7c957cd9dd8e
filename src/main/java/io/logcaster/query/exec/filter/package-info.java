/**
 * Compiled filters, one class for each kind. {@link io.logcaster.query.exec.filter.FilterCompiler}
 * makes a {@link io.logcaster.query.exec.filter.RowMatcher} out of a filter of the syntax tree. To
 * add a filter, write its matcher here and its case in the compiler.
 */
@NullMarked
package io.logcaster.query.exec.filter;

import org.jspecify.annotations.NullMarked;
