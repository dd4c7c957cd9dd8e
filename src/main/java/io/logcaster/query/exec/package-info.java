/** Runs a parsed query: filters and pipes on batches of rows, one operator in one file. */
@NullMarked
package io.logcaster.query.exec;

import org.jspecify.annotations.NullMarked;
