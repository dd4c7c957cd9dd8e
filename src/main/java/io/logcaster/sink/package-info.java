/**
 * Sinks: where records go out. Each has a filter and a bounded queue on disk, which the write-ahead
 * log feeds, so that a slow or dead receiver never slows the inputs.
 *
 * <ul>
 *   <li>A receiver is a {@link io.logcaster.sink.Sink}, opened by a {@link
 *       io.logcaster.sink.SinkType} with its options. One package for each type.
 * </ul>
 */
@NullMarked
package io.logcaster.sink;

import org.jspecify.annotations.NullMarked;
