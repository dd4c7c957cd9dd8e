/**
 * The sink that writes files: formats, rotation, compression, and what is kept. Start reading at
 * {@code FileSink}.
 */
@NullMarked
package io.logcaster.sink.file;

import org.jspecify.annotations.NullMarked;
