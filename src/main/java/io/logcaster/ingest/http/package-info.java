/** Records that come by HTTP: LogCaster's own endpoint and those of other servers' clients. */
@NullMarked
package io.logcaster.ingest.http;

import org.jspecify.annotations.NullMarked;
