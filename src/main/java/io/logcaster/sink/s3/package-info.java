/**
 * The sink {@code s3}: an archive of compressed JSON lines in the object storage of AWS or of
 * another maker with the same interface.
 */
@NullMarked
package io.logcaster.sink.s3;

import org.jspecify.annotations.NullMarked;
