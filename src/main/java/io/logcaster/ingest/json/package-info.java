/**
 * Reads JSON objects straight into record batches: JSON lines, GELF and the bodies of HTTP inputs;
 * also logfmt, whose pairs mean the same.
 *
 * <p>To teach it the names that another logger uses for time, message, level, host or app, add them
 * to {@code KnownNames}; no other class lists names.
 */
@NullMarked
package io.logcaster.ingest.json;

import org.jspecify.annotations.NullMarked;
