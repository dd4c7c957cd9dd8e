/**
 * Cuts the bytes of a sender into messages of text and reads each as what it looks like. {@link
 * io.logcaster.ingest.text.TextDecoder} is the way in; {@code MessageEnds}, {@code ObjectCutter}
 * and {@code CountedFrames} find where messages end, and {@code MessageReader} reads them. A new
 * protocol of text begins with a constant of {@link io.logcaster.ingest.text.TextProtocol}.
 */
@NullMarked
package io.logcaster.ingest.text;

import org.jspecify.annotations.NullMarked;
