/** Takes what Filebeat and the other Beats send to Logstash. */
@NullMarked
package io.logcaster.ingest.lumberjack;

import org.jspecify.annotations.NullMarked;
