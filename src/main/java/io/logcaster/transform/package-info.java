/**
 * Transforms: an ordered list of steps that records pass on their way in, before the record filter.
 * Each step has a filter of the query language and one action: pipes, set, drop, route, sample,
 * redact, join, deduplicate or limit. Steps work on the columns of a batch; a batch that no filter
 * selects passes unchanged. {@link io.logcaster.transform.Transforms} is the entrance for the
 * pipeline, {@link io.logcaster.transform.Step} is one action.
 */
@NullMarked
package io.logcaster.transform;

import org.jspecify.annotations.NullMarked;
