/**
 * LogCaster's own framed protocol: checksummed frames, each acknowledged when its records are
 * durable.
 */
@NullMarked
package io.logcaster.ingest.framed;

import org.jspecify.annotations.NullMarked;
