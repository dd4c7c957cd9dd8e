/**
 * The forward protocol of Fluentd and Fluent Bit. {@link
 * io.logcaster.ingest.forward.ForwardSession} reads messages, {@code ForwardRecords} turns their
 * entries into records; a new kind of message or option starts in the former.
 */
@NullMarked
package io.logcaster.ingest.forward;

import org.jspecify.annotations.NullMarked;
