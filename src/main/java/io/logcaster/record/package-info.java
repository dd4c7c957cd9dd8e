/**
 * The log record and its columnar batch: the unit that flows from an input through the pipeline
 * into storage and out of a query. Depends on nothing.
 *
 * <ul>
 *   <li>How are batches built? {@link io.logcaster.record.RecordBatchBuilder}, limited by {@link
 *       io.logcaster.record.FieldLimits} and {@link io.logcaster.record.Cardinality}.
 *   <li>How is a column stored? {@link io.logcaster.record.Column} and its subclasses. A new
 *       encoding in memory is a new subclass; encodings on disk are in {@code
 *       storage.segment.column}.
 *   <li>What can be decided without decoding text? {@link io.logcaster.record.TextShape} and {@link
 *       io.logcaster.record.Verdict}.
 *   <li>Words, times, levels, UTF-8: {@link io.logcaster.record.Tokens}, {@link
 *       io.logcaster.record.Timestamps}, {@link io.logcaster.record.Severity}, {@link
 *       io.logcaster.record.Utf8}.
 *   <li>What may an array that grows cost? {@link io.logcaster.record.WorkLimit}, which a query
 *       sets for its threads.
 * </ul>
 */
@NullMarked
package io.logcaster.record;

import org.jspecify.annotations.NullMarked;
