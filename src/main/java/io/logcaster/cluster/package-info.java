/**
 * Several LogCasters that work together: the roles of a node, and how it reaches Kafka. {@code
 * cluster.consumer} is what every reader of Kafka has in common; {@code cluster.log} writes batches
 * to the topic between the roles, {@code cluster.store} reads them.
 */
@NullMarked
package io.logcaster.cluster;

import org.jspecify.annotations.NullMarked;
