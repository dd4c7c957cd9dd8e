/** The ports that inputs listen on: the TCP and the UDP port, and any more that settings name. */
@NullMarked
package io.logcaster.ingest.listen;

import org.jspecify.annotations.NullMarked;
