package io.logcaster.cluster.store;

import io.logcaster.cluster.consumer.GroupPartition;

/** A partition that this node stores at present, with the claims on it. */
final class StoredPartition extends GroupPartition {

  /** The claims of other nodes, which this one carries forward, and who holds what. */
  Claims others;

  /** Whether the group's offset carries a claim of this node, or lacks what it should carry. */
  boolean isClaiming;

  StoredPartition(String client, Claims others, long last, long next) {
    super(client, last, next);
    this.others = others;
  }
}
