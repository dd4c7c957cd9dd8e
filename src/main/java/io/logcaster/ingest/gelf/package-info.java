/**
 * Graylog's extended log format where it is not plain JSON: chunked and compressed datagrams. What
 * the fields of GELF mean is defined in {@code ingest.json}.
 */
@NullMarked
package io.logcaster.ingest.gelf;

import org.jspecify.annotations.NullMarked;
