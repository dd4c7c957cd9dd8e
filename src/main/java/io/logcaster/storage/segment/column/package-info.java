/**
 * The encodings for the values of one column. To add an encoding, write its encoder and its reader
 * here and let {@code io.logcaster.storage.segment.file.ColumnEncoder} choose it.
 *
 * <ul>
 *   <li>Numbers: {@code LongsEncoder} and {@link io.logcaster.storage.segment.column.LongsLayout};
 *       columns of decimal numbers: {@link io.logcaster.storage.segment.column.Decimals}.
 *   <li>Messages: {@link io.logcaster.storage.segment.column.TemplateEncoder} finds templates,
 *       {@link io.logcaster.storage.segment.column.TemplateColumn} searches and assembles them.
 *   <li>Variables of templates: {@code VariableEncoder} chooses a kind; each kind is a subclass of
 *       {@link io.logcaster.storage.segment.column.VariableLayout}. A new kind is a new class
 *       there.
 *   <li>Pruning: {@link io.logcaster.storage.segment.column.BloomFilter} over words, {@link
 *       io.logcaster.storage.segment.column.TimeGrid} over times.
 * </ul>
 */
@NullMarked
package io.logcaster.storage.segment.column;

import org.jspecify.annotations.NullMarked;
