/**
 * The storage engine that keeps records in immutable, compressed, indexed segment files. {@link
 * io.logcaster.storage.segment.file.SegmentFormat} is the specification of the file.
 */
@NullMarked
package io.logcaster.storage.segment;

import org.jspecify.annotations.NullMarked;
