/** Graylog's extended log format where it is not plain JSON: chunked and compressed datagrams. */
@NullMarked
package io.logcaster.ingest.gelf;

import org.jspecify.annotations.NullMarked;
