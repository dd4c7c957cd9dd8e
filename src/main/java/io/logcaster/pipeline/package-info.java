/**
 * What happens to a batch between an input and the storage: it waits in a buffer bounded by bytes,
 * is enriched and filtered, appended, and only then acknowledged and shown to those who listen.
 * Every record is accounted for here.
 */
@NullMarked
package io.logcaster.pipeline;

import org.jspecify.annotations.NullMarked;
