/**
 * Records from topics of Kafka that other programs write. {@code KafkaInput} keeps a {@code
 * TopicReader}, which is a member of a consumer group, and hands in what it reads with the offsets
 * as delivery marks.
 */
@NullMarked
package io.logcaster.ingest.kafka;

import org.jspecify.annotations.NullMarked;
