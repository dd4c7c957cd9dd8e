/**
 * The record filter decides which of the received records are stored: by level, by category, by a
 * filter of the query language, or by any combination. It is configured, and can be replaced at run
 * time.
 */
@NullMarked
package io.logcaster.pipeline.filter;

import org.jspecify.annotations.NullMarked;
