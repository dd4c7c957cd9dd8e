/**
 * The Lumberjack protocol, in which Filebeat and the other Beats send to Logstash. A new type of
 * frame is a branch in {@link io.logcaster.ingest.lumberjack.LumberjackSession}.
 */
@NullMarked
package io.logcaster.ingest.lumberjack;

import org.jspecify.annotations.NullMarked;
