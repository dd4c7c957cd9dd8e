/**
 * The record filter: which of the received records are kept. By level, by category, by an
 * expression of the query language, and by any combination of them; configured, and replaceable at
 * run time.
 */
@NullMarked
package io.logcaster.pipeline.filter;

import org.jspecify.annotations.NullMarked;
