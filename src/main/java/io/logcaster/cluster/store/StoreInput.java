package io.logcaster.cluster.store;

import io.logcaster.cluster.consumer.GroupInput;
import io.logcaster.cluster.log.ClusterProperties;
import io.logcaster.cluster.log.KafkaTopic;
import io.logcaster.ingest.InputContext;
import io.logcaster.nodes.NodeId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores what nodes with the role ingest write to Kafka, for as long as it is open. */
final class StoreInput extends GroupInput {

  private static final Logger LOG = LoggerFactory.getLogger(StoreInput.class);

  /** The identity of a storage that all nodes share. */
  private static final String SHARED = "shared";

  private final ClusterProperties cluster;
  private final InputContext context;
  private final Path directory;
  private final boolean isShared;

  /**
   * @param directory the data directory, which has the node's identity
   * @param isShared whether other nodes use the same storage
   */
  StoreInput(ClusterProperties cluster, InputContext context, Path directory, boolean isShared) {
    super("kafka-store", "kafka", List.of(cluster.topic()), cluster.brokers(), context);
    this.cluster = cluster;
    this.context = context;
    this.directory = directory;
    this.isShared = isShared;
  }

  @Override
  protected Member join(BooleanSupplier isOpen) throws IOException, InterruptedException {
    KafkaTopic topic = KafkaTopic.open(cluster);
    String node = isShared ? SHARED : NodeId.of(directory);
    SetAside aside = new SetAside(directory.resolve("quarantine"), topic.id());
    StoreConsumer consumer =
        new StoreConsumer(cluster, topic, node, isShared, context, aside, isOpen);
    LOG.info(
        "Node {} stores partitions of the topic '{}' in the group '{}'",
        node,
        cluster.topic(),
        cluster.group());
    return consumer;
  }
}
