/**
 * The path of a batch from an input to the storage: it waits in a buffer bounded by bytes, is
 * filtered and appended, and only then acknowledged and passed to listeners. Every record is
 * accounted for here.
 */
@NullMarked
package io.logcaster.pipeline;

import org.jspecify.annotations.NullMarked;
