/**
 * The log record and its columnar batch: the unit that flows from an input through the pipeline
 * into storage and out of a query. Depends on nothing.
 */
@NullMarked
package io.logcaster.record;

import org.jspecify.annotations.NullMarked;
