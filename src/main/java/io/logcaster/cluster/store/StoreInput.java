package io.logcaster.cluster.store;

import io.logcaster.cluster.consumer.GroupInput;
import io.logcaster.cluster.log.ClusterProperties;
import io.logcaster.cluster.log.KafkaTopic;
import io.logcaster.ingest.InputContext;
import io.logcaster.nodes.NodeId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
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
  private final Set<String> replaced;
  private volatile @Nullable StoreConsumer member;

  /**
   * @param directory the data directory, which has the node's identity
   * @param isShared whether other nodes use the same storage
   * @param replaced the identities of storages that were lost with their disks
   */
  StoreInput(
      ClusterProperties cluster,
      InputContext context,
      Path directory,
      boolean isShared,
      Collection<String> replaced) {
    super("kafka-store", "kafka", List.of(cluster.topic()), cluster.brokers(), context);
    this.cluster = cluster;
    this.context = context;
    this.directory = directory;
    this.isShared = isShared;
    this.replaced = Set.copyOf(replaced);
  }

  @Override
  protected Member join(BooleanSupplier isOpen) throws IOException, InterruptedException {
    KafkaTopic topic = KafkaTopic.open(cluster);
    String node = isShared ? SHARED : NodeId.of(directory);
    SetAside aside = new SetAside(directory.resolve("quarantine"), topic.id());
    StoreConsumer consumer =
        new StoreConsumer(cluster, topic, node, isShared, replaced, context, aside, isOpen);
    LOG.info(
        "Node {} stores partitions of the topic '{}' in the group '{}'",
        node,
        cluster.topic(),
        cluster.group());
    member = consumer;
    return consumer;
  }

  @Override
  public @Nullable String note() {
    StoreConsumer last = member;
    String note = (last == null) ? null : last.note();
    return (note == null) ? super.note() : note;
  }
}
