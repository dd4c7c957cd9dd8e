/** Cuts a sender's bytes into messages of text and reads each as what it looks like. */
@NullMarked
package io.logcaster.ingest.text;

import org.jspecify.annotations.NullMarked;
