/**
 * Writing and reading one segment file.
 *
 * <ul>
 *   <li>What is in a {@code .seg} file? {@link io.logcaster.storage.segment.file.SegmentFormat} is
 *       the specification; {@code SegmentHeader}, {@code SegmentFooter}, {@code Directory}, {@code
 *       SegmentStreams}, {@code BlockEntry} and {@code ColumnEntry} are its parts.
 *   <li>Writing: {@link io.logcaster.storage.segment.file.SegmentWriter}, the order of rows in
 *       {@code RowOrder}, a block in {@code BlockEncoder}, the choice of an encoding in {@code
 *       ColumnEncoder}.
 *   <li>Reading: {@link io.logcaster.storage.segment.file.SegmentReader}, a block as a batch in
 *       {@link io.logcaster.storage.segment.file.MappedBatch}, what the index knows of a block in
 *       {@code MappedSummary}.
 * </ul>
 */
@NullMarked
package io.logcaster.storage.segment.file;

import org.jspecify.annotations.NullMarked;
