/**
 * What every reader of Kafka has in common: an input that is a member of a consumer group ({@code
 * GroupInput}), its partitions ({@code GroupConsumer}), and what of each is on its way into the
 * storage ({@code GroupPartition}).
 */
@NullMarked
package io.logcaster.cluster.consumer;

import org.jspecify.annotations.NullMarked;
