/**
 * One segment file: its format ({@link io.logcaster.storage.segment.file.SegmentFormat} is the
 * specification), the order of its rows, its blocks, and how it is written and read. Look here for
 * "what is in a .seg file?".
 */
@NullMarked
package io.logcaster.storage.segment.file;

import org.jspecify.annotations.NullMarked;
