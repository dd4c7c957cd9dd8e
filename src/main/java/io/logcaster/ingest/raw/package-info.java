/** Reads lines of no particular protocol and takes off the heads it recognises. */
@NullMarked
package io.logcaster.ingest.raw;

import org.jspecify.annotations.NullMarked;
