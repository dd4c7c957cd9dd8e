/**
 * The storage engine, which stores records in immutable, compressed, indexed segment files. This
 * package manages the life of segments. {@code RATIONALE.md} in this directory gives the reasons.
 *
 * <ul>
 *   <li>Start reading at {@link io.logcaster.storage.segment.SegmentLogStorage}; {@code
 *       StorageState} holds what scans see.
 *   <li>From memory to disk: {@code ActiveSegment}, {@code Flusher}. Merging, deletion, retention:
 *       {@code Rewriter}, {@code MergePolicy}, {@code AppliedRules}.
 *   <li>Which files count after a crash? {@code Manifest}, {@code SegmentSet}, {@code WrittenOff},
 *       {@code StraySegments}. Days and file names: {@code Partitions}.
 *   <li>Scans: {@code SegmentScan}, {@code ScanThreads}.
 *   <li>What is in a file? Package {@code file}. How are values encoded? Package {@code column}.
 *       Bits and bytes: package {@code bytes}. Each package depends only on those before it: bytes,
 *       column, file, segment.
 * </ul>
 */
@NullMarked
package io.logcaster.storage.segment;

import org.jspecify.annotations.NullMarked;
