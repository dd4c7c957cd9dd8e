/**
 * Bytes of a file: numbers, packed bits, checked text, the areas of a column's body. Nothing here
 * knows what the bytes mean.
 */
@NullMarked
package io.logcaster.storage.segment.bytes;

import org.jspecify.annotations.NullMarked;
