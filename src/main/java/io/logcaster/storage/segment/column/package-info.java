/**
 * How the values of one column are encoded: numbers, decimals, templates with variables, filters of
 * tokens. To add an encoding, write its encoder and its reader here and let {@code
 * io.logcaster.storage.segment.file.ColumnEncoder} choose it.
 */
@NullMarked
package io.logcaster.storage.segment.column;

import org.jspecify.annotations.NullMarked;
