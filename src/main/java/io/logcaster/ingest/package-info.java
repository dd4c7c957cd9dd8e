/**
 * Where records come in. This room holds what all inputs share: the {@link
 * io.logcaster.ingest.Input} seam, the writer that decoders fill records with, bounded execution,
 * times and levels as senders spell them. The protocols live in the rooms below it.
 */
@NullMarked
package io.logcaster.ingest;

import org.jspecify.annotations.NullMarked;
