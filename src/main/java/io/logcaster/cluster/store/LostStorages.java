package io.logcaster.cluster.store;

import io.logcaster.cluster.KafkaFailures;
import io.logcaster.cluster.log.ClusterProperties;
import io.logcaster.ingest.InputContext;
import io.logcaster.record.DeliveryMark;
import io.logcaster.record.RecordBatch;
import io.logcaster.work.LongLived;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads again what storages held that were lost with their disks, as far as the topic still has it,
 * beside what the node does otherwise. The {@linkplain Claims holdings} in the group's offsets say
 * which messages those are. Delivery marks that name the lost storage make each message be stored
 * once, however often this node is killed meanwhile.
 *
 * <p>Nothing here decides that a storage is lost: a disk that comes back would have its records
 * twice. The operator says so, on one node. A storage that runs is not taken for lost, and one that
 * comes back after it was replaced is refused.
 */
final class LostStorages implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LostStorages.class);

  private static final long TIMEOUT_SECONDS = 15;

  private static final long PAUSE_MILLIS = 2_000;

  private final ClusterProperties cluster;
  private final String topic;
  private final String node;
  private final Set<String> replaced;
  private final Function<TopicPartition, String> clients;
  private final InputContext context;
  private final SetAside aside;
  private final Map<TopicPartition, Long> expired = new HashMap<>();
  private volatile boolean open = true;
  private volatile @Nullable String note;
  private @Nullable Thread thread;

  /**
   * @param topic the topic's identity
   * @param node that of this node's storage
   * @param replaced those of the lost ones
   * @param clients the name of a partition's delivery marks
   * @param aside keeps messages that cannot be read
   */
  LostStorages(
      ClusterProperties cluster,
      String topic,
      String node,
      Set<String> replaced,
      Function<TopicPartition, String> clients,
      InputContext context,
      SetAside aside) {
    this.cluster = cluster;
    this.topic = topic;
    this.node = node;
    this.replaced = Set.copyOf(replaced);
    this.clients = clients;
    this.context = context;
    this.aside = aside;
  }

  /** The storages that this one replaces. */
  Set<String> replaced() {
    return replaced;
  }

  /** What is done, or cannot be; null for nothing. Any thread may ask. */
  @Nullable String note() {
    return note;
  }

  void start() {
    thread = LongLived.startVirtual("kafka-lost-storages", this::run);
  }

  private void run() {
    String told = "";
    try {
      while (open) {
        try {
          readAgain();
          note = null;
          return;
        } catch (IOException | KafkaException ex) {
          String reason = KafkaFailures.reason(ex);
          note = replaced.isEmpty() ? null : reason;
          if (open && !replaced.isEmpty() && !told.equals(reason)) {
            told = reason;
            LOG.error("Cannot replace the storages {}, trying again: {}", replaced, reason);
          }
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException | InterruptException ex) {
      Thread.currentThread().interrupt();
    }
  }

  private void readAgain() throws IOException, InterruptedException {
    Map<String, Object> settings = new HashMap<>(cluster.clientSettings());
    settings.put("default.api.timeout.ms", 10_000);
    try (Admin admin = Admin.create(settings)) {
      Map<TopicPartition, Claims> claims = claims(admin);
      Set<String> running = running(admin);
      if (replaced.contains(node)) {
        throw new IOException("logcaster.cluster.replaces names this node's own storage, " + node);
      }
      tellOfOthers(claims.values(), running);
      for (String lost : new TreeSet<>(replaced)) {
        if (running.contains(lost)) {
          throw new IOException(
              "the storage %s runs, so it is not lost; stop it, or remove it from".formatted(lost)
                  + " logcaster.cluster.replaces");
        }
        readAgain(lost, claims, admin);
      }
    }
  }

  private void readAgain(String lost, Map<TopicPartition, Claims> claims, Admin admin)
      throws IOException, InterruptedException {
    Map<TopicPartition, List<Claims.Range>> held = new HashMap<>();
    claims.forEach(
        (where, all) -> {
          List<Claims.Range> ranges = all.heldBy(lost);
          if (!ranges.isEmpty()) {
            held.put(where, ranges);
          }
        });
    Map<TopicPartition, Long> begins = begins(held.keySet(), admin);
    long gone = 0;
    long left = 0;
    Map<TopicPartition, List<Claims.Range>> missing = new HashMap<>();
    for (Map.Entry<TopicPartition, List<Claims.Range>> entry : held.entrySet()) {
      TopicPartition where = entry.getKey();
      long last = context.intake().lastDelivery(client(where, lost));
      long begin = begins.getOrDefault(where, 0L);
      for (Claims.Range range : entry.getValue()) {
        long first = Math.max(range.first(), last + 1);
        long kept = Math.max(first, begin);
        if (first <= range.last()) {
          gone += Math.min(kept, range.last() + 1) - first;
        }
        if (kept <= range.last()) {
          left += range.last() - kept + 1;
          missing
              .computeIfAbsent(where, (key) -> new ArrayList<>())
              .add(new Claims.Range(kept, range.last()));
        }
      }
    }
    if (gone > 0) {
      LOG.error(
          "The storage {} held {} messages that the topic no longer has: their records are lost,"
              + " unless a backup has them",
          lost,
          gone);
    }
    if (missing.isEmpty()) {
      LOG.info("Nothing is left to be read again of what the storage {} held", lost);
      return;
    }
    note = "reading again %d messages that the lost storage %s held".formatted(left, lost);
    LOG.warn("The storage {} was lost: reading again {} messages that it held", lost, left);
    try (MessageStore messages = new MessageStore(context, aside);
        ClaimReader reader =
            new ClaimReader(
                "which the lost storage " + lost + " held",
                cluster,
                context,
                messages,
                expired,
                () -> open)) {
      for (Map.Entry<TopicPartition, List<Claims.Range>> entry : missing.entrySet()) {
        String client = client(entry.getKey(), lost);
        for (Claims.Range range : entry.getValue()) {
          reader.settle(entry.getKey(), client, range);
          settled(client, range.last());
        }
      }
    }
    LOG.warn("{} messages that the lost storage {} held were read again", left, lost);
  }

  private String client(TopicPartition where, String lost) {
    return clients.apply(where) + "/" + lost;
  }

  /** Marks the end of a range, whose last message may have expired or been set aside. */
  private void settled(String client, long end) throws IOException, InterruptedException {
    long last = context.intake().lastDelivery(client);
    if (last >= end) {
      return;
    }
    try {
      context
          .intake()
          .submitPrepared(
              RecordBatch.builder(List.of())
                  .build()
                  .withMark(new DeliveryMark(client, end, last))
                  .arrivedAt(System.nanoTime()),
              context.metrics())
          .get();
    } catch (ExecutionException ex) {
      throw new IOException("What was read again could not be marked", ex);
    }
  }

  /** A storage that is new stands perhaps for one that was lost; its operator should know how. */
  private void tellOfOthers(Collection<Claims> claims, Set<String> running) {
    Set<String> away = new TreeSet<>();
    for (Claims all : claims) {
      all.holdings().forEach((holding) -> away.add(holding.node()));
      away.addAll(all.ranges().keySet());
    }
    boolean isNew = !away.contains(node);
    away.removeAll(running);
    away.removeAll(replaced);
    claims.forEach((all) -> away.removeAll(all.removed()));
    if (isNew && !away.isEmpty()) {
      LOG.warn(
          "This storage, {}, is new, and the storages {} hold messages of the topic but do not run."
              + " If one of them was lost with its disk, set logcaster.cluster.replaces to it on"
              + " this node, which then reads again what the topic still has",
          node,
          away);
    }
  }

  private Map<TopicPartition, Claims> claims(Admin admin) throws IOException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        TopicOffset.ofTopic(
            topic,
            get(admin.listConsumerGroupOffsets(cluster.group()).partitionsToOffsetAndMetadata()));
    Map<TopicPartition, Claims> claims = new HashMap<>();
    for (Map.Entry<TopicPartition, OffsetAndMetadata> entry : offsets.entrySet()) {
      if (entry.getKey().topic().equals(cluster.topic())) {
        claims.put(entry.getKey(), Claims.parse(entry.getValue().metadata()));
      }
    }
    return claims;
  }

  /** The storages of the group's members. */
  private Set<String> running(Admin admin) throws IOException, InterruptedException {
    return get(admin.describeConsumerGroups(List.of(cluster.group())).all()).values().stream()
        .flatMap((group) -> group.members().stream())
        .map((member) -> member.clientId())
        .filter((client) -> client.startsWith(ConsumerSettings.CLIENT))
        .map((client) -> client.substring(ConsumerSettings.CLIENT.length()))
        .collect(Collectors.toSet());
  }

  private static Map<TopicPartition, Long> begins(Set<TopicPartition> partitions, Admin admin)
      throws IOException, InterruptedException {
    Map<TopicPartition, OffsetSpec> first = new HashMap<>();
    partitions.forEach((where) -> first.put(where, OffsetSpec.earliest()));
    Map<TopicPartition, Long> begins = new HashMap<>();
    get(admin.listOffsets(first).all())
        .forEach((where, offset) -> begins.put(where, offset.offset()));
    return begins;
  }

  private static <T> T get(KafkaFuture<T> future) throws IOException, InterruptedException {
    try {
      return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException ex) {
      throw new IOException("the brokers do not answer", ex);
    } catch (ExecutionException ex) {
      throw new IOException(KafkaFailures.reason(ex), ex);
    }
  }

  @Override
  public void close() {
    open = false;
    Thread running = thread;
    if (running != null) {
      try {
        running.interrupt();
        running.join();
      } catch (InterruptedException ex) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
