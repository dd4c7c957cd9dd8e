package io.logcaster.ingest.kafka;

import io.logcaster.cluster.consumer.GroupPartition;

/** A partition that this node reads at present. */
final class ReadPartition extends GroupPartition {

  /** The offset that the group knows; -1 if unknown. */
  long committed = -1;

  ReadPartition(String client, long last, long next) {
    super(client, last, next);
  }
}
