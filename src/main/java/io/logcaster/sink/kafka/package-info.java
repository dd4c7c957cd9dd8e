/** The sink {@code kafka}: records as messages of a topic of Apache Kafka. */
@NullMarked
package io.logcaster.sink.kafka;

import org.jspecify.annotations.NullMarked;
