package io.logcaster.metrics;

import io.logcaster.metrics.MergedMetrics.Member;
import io.logcaster.nodes.NodeCalls;
import io.logcaster.nodes.NodeName;
import io.logcaster.nodes.Nodes.Node;
import io.logcaster.storage.LogStorage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The live figures of all nodes. They are asked once a second for all readers of a stream together,
 * and not at all without readers. Thread-safe.
 */
final class NodeMetrics {

  static final String PATH = "/api/v1/node/metrics";

  /** Less than a second, so that a silent node does not slow the figures of the others. */
  private static final Duration WAIT = Duration.ofMillis(700);

  /** A node that is away is not asked every second. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private static final JsonMapper JSON = new JsonMapper();

  private final LiveMetrics own;
  private final NodeCalls calls;
  private final NodeName name;
  private final LogStorage storage;
  private final Clock clock;
  private final Flux<MetricsSnapshot> shared;

  /** What nodes said last, by their address. */
  private final Map<String, Last> known = new LinkedHashMap<>();

  private record Last(@Nullable Answer answer, @Nullable String error, Instant askedAt) {}

  /**
   * What a node says.
   *
   * @param id identifies its process
   * @param sharedStorage whether other nodes have the same storage
   */
  record Answer(String id, String node, boolean sharedStorage, MetricsSnapshot metrics) {}

  NodeMetrics(LiveMetrics own, NodeCalls calls, NodeName name, LogStorage storage, Clock clock) {
    this.own = own;
    this.calls = calls;
    this.name = name;
    this.storage = storage;
    this.clock = clock;
    Scheduler threads =
        Schedulers.fromExecutorService(
            Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("node-metrics-", 0).factory()));
    this.shared =
        own.stream()
            .onBackpressureLatest()
            .publishOn(threads, 1)
            .map((snapshot) -> merged(snapshot, WAIT))
            .replay(1)
            .refCount();
  }

  /** What this node answers to others. */
  Answer answer(String id) {
    return new Answer(id, name.get(), storage.isShared(), own.now());
  }

  /** The figures of all nodes. */
  MetricsSnapshot now() {
    MetricsSnapshot present = own.now();
    return calls.isAlone() ? present : merged(present, NodeCalls.WAIT);
  }

  /** The figures of all nodes, every second; a slow subscriber gets only the latest. */
  Flux<MetricsSnapshot> stream() {
    return calls.isAlone() ? own.stream() : shared.onBackpressureLatest();
  }

  private synchronized MetricsSnapshot merged(MetricsSnapshot present, Duration wait) {
    ask(wait);
    List<Member> members = new ArrayList<>();
    known.forEach(
        (address, last) -> {
          Answer answer = last.answer();
          if (answer != null) {
            members.add(
                new Member(answer.node(), last.error(), answer.sharedStorage(), answer.metrics()));
          } else {
            members.add(new Member(address, last.error(), false, LiveMetrics.nothing(present)));
          }
        });
    members.sort(Comparator.comparing(Member::node));
    members.addFirst(new Member(name.get(), null, storage.isShared(), present));
    return MergedMetrics.of(members);
  }

  private void ask(Duration wait) {
    Instant now = clock.instant();
    List<NodeCalls.Answer> answers;
    try {
      answers = calls.get(PATH, wait, (node) -> isDue(node, now));
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      return;
    }
    List<String> addresses = calls.all().stream().map(Node::name).toList();
    known.keySet().retainAll(addresses);
    for (NodeCalls.Answer answer : answers) {
      Last last = known.get(answer.name());
      Answer before = (last == null) ? null : last.answer();
      String error = answer.error();
      Answer said = null;
      if (answer.body() != null) {
        try {
          said = JSON.treeToValue(answer.body(), Answer.class);
          // A node that was replaced, or has two addresses, counts once.
          String id = said.id();
          known.values().removeIf((each) -> each.answer() != null && each.answer().id().equals(id));
        } catch (JacksonException ex) {
          error = "its answer is not that of a LogCaster";
        }
      }
      known.put(answer.name(), new Last((said == null) ? before : said, error, now));
    }
  }

  private boolean isDue(Node node, Instant now) {
    Last last = known.get(node.name());
    return last == null || last.error() == null || !now.isBefore(last.askedAt().plus(PAUSE));
  }
}
