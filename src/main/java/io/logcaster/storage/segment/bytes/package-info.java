/**
 * Reading and writing the bytes of files, independent of their meaning.
 *
 * <ul>
 *   <li>Numbers: {@link io.logcaster.storage.segment.bytes.ByteSink}, {@link
 *       io.logcaster.storage.segment.bytes.ByteSource}; packed bits: {@link
 *       io.logcaster.storage.segment.bytes.Bits}.
 *   <li>The body of a column in three areas, with zstd: {@link
 *       io.logcaster.storage.segment.bytes.BodyWriter}, {@link
 *       io.logcaster.storage.segment.bytes.BodyReader}.
 *   <li>Small text files with a checksum, replaced atomically: {@link
 *       io.logcaster.storage.segment.bytes.CheckedText}.
 * </ul>
 */
@NullMarked
package io.logcaster.storage.segment.bytes;

import org.jspecify.annotations.NullMarked;
