/**
 * Reads JSON objects straight into record batches: JSON lines, GELF and the bodies of HTTP inputs.
 */
@NullMarked
package io.logcaster.ingest.json;

import org.jspecify.annotations.NullMarked;
