/** Entries of systemd's journal in its export format. */
@NullMarked
package io.logcaster.ingest.journal;

import org.jspecify.annotations.NullMarked;
