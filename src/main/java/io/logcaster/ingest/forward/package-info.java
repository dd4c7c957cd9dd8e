/** The forward protocol of Fluentd and Fluent Bit. */
@NullMarked
package io.logcaster.ingest.forward;

import org.jspecify.annotations.NullMarked;
