package io.logcaster.nodes;

import io.logcaster.nodes.Nodes.Node;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks all other nodes for the same at the same time, and waits for them for a bounded time: those
 * in the settings, and those that have told their address in the shared control database.
 * Thread-safe.
 */
public final class NodeCalls {

  private static final Logger LOG = LoggerFactory.getLogger(NodeCalls.class);

  /** How long people wait for a page because a node is silent. */
  public static final Duration WAIT = Duration.ofSeconds(2);

  /** More than the longest list of a node. */
  private static final long MAX_ANSWER = 16 << 20;

  /** Nodes come and go more slowly than pages ask. */
  private static final Duration KNOWN_FOR = Duration.ofSeconds(2);

  private static final int CONFLICT = 409;

  private static final JsonMapper JSON = new JsonMapper();

  private final Nodes nodes;
  private final NodePresence presence;
  private final Clock clock;

  /** Addresses of this node, which need not be asked. */
  private final Set<String> own = ConcurrentHashMap.newKeySet();

  private volatile Known known = new Known(List.of(), Instant.MIN);

  private record Known(List<NodePresence.Row> rows, Instant time) {}

  public NodeCalls(Nodes nodes, NodePresence presence, Clock clock) {
    this.nodes = nodes;
    this.presence = presence;
    this.clock = clock;
  }

  /**
   * What a node answered.
   *
   * @param id identifies its process; empty if it did not answer
   * @param label its name as it says itself; its address if it did not answer
   * @param body its JSON; null if there is none
   * @param error why there is none, such as "it cannot be reached"; null otherwise
   */
  public record Answer(
      Node node, String id, String label, @Nullable JsonNode body, @Nullable String error) {

    static Answer failed(Node node, String error) {
      return new Answer(node, "", node.name(), null, error);
    }

    /** Its address. */
    public String name() {
      return node.name();
    }
  }

  /** Whether there may be other nodes. */
  public boolean isAlone() {
    return nodes.list().isEmpty() && rows().isEmpty();
  }

  /** What other nodes have told in the shared control database; read at most every two seconds. */
  public List<NodePresence.Row> rows() {
    if (!presence.isShared()) {
      return List.of();
    }
    Known last = known;
    Instant now = clock.instant();
    if (now.isBefore(last.time().plus(KNOWN_FOR))) {
      return last.rows();
    }
    try {
      last = new Known(presence.others(), now);
    } catch (DataAccessException ex) {
      LOG.debug("The control database cannot be read", ex); // health says so
      last = new Known(last.rows(), now);
    }
    known = last;
    return last.rows();
  }

  /** The nodes that can be asked, each address once; this one may be among them at first. */
  public List<Node> all() {
    Map<String, Node> all = new LinkedHashMap<>();
    nodes.list().forEach((node) -> all.put(node.name(), node));
    all.keySet().removeAll(own);
    for (NodePresence.Row row : rows()) {
      Node node = row.node();
      if (node != null && !row.isAway()) {
        all.putIfAbsent(node.name(), node);
      }
    }
    return List.copyOf(all.values());
  }

  /**
   * Asks all nodes. This node is not among the answers, and none is there twice.
   *
   * @param path with its arguments; begins with a slash
   * @param wait the longest time
   */
  public List<Answer> get(String path, Duration wait) throws InterruptedException {
    return get(path, wait, (node) -> true);
  }

  /** As {@link #get(String, Duration)}, of the nodes that are wanted. */
  public List<Answer> get(String path, Duration wait, Predicate<Node> wanted)
      throws InterruptedException {
    long end = System.nanoTime() + wait.toNanos();
    Map<Node, CompletableFuture<HttpResponse<byte[]>>> running = new LinkedHashMap<>();
    List<Answer> answers = new ArrayList<>();
    for (Node node : all()) {
      if (!wanted.test(node)) {
        continue;
      }
      try {
        running.put(
            node,
            nodes
                .client()
                .sendAsync(
                    nodes
                        .request(node, path)
                        .timeout(wait)
                        .header("Accept", "application/json")
                        .build(),
                    BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER)));
      } catch (IOException ex) {
        answers.add(Answer.failed(node, String.valueOf(ex.getMessage())));
      }
    }
    Set<String> ids = new HashSet<>(Set.of(nodes.id()));
    for (Map.Entry<Node, CompletableFuture<HttpResponse<byte[]>>> call : running.entrySet()) {
      Answer answer = await(call.getKey(), call.getValue(), end);
      if (answer != null && (answer.id().isEmpty() || ids.add(answer.id()))) {
        answers.add(answer);
      }
    }
    return answers;
  }

  private @Nullable Answer await(Node node, CompletableFuture<HttpResponse<byte[]>> call, long end)
      throws InterruptedException {
    try {
      return answer(node, call.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS));
    } catch (TimeoutException ex) {
      call.cancel(true);
      return Answer.failed(node, "it did not answer in time");
    } catch (ExecutionException ex) {
      return Answer.failed(node, reason(ex.getCause()));
    }
  }

  /** Null if this node was asked. */
  private @Nullable Answer answer(Node node, HttpResponse<byte[]> response) {
    String id = response.headers().firstValue(Nodes.CALLER).orElse("");
    String label = response.headers().firstValue(NodeLists.NAME).orElse(node.name());
    return switch (response.statusCode()) {
      case 200 -> {
        try {
          yield new Answer(node, id, label, JSON.readTree(response.body()), null);
        } catch (JacksonException ex) {
          yield Answer.failed(node, "its answer is not that of a LogCaster");
        }
      }
      case CONFLICT -> {
        own.add(node.name());
        yield null;
      }
      case 401, 403 ->
          Answer.failed(node, "it does not accept the token of logcaster.nodes.token-file");
      case 404 -> Answer.failed(node, "it is of a version that cannot be asked for this");
      default -> Answer.failed(node, "it answers " + response.statusCode());
    };
  }

  private static String reason(@Nullable Throwable cause) {
    return switch (cause) {
      case HttpTimeoutException _ -> "it did not answer in time";
      case ConnectException _ -> "it cannot be reached";
      case null -> "it failed";
      default -> "it failed: " + cause.getMessage();
    };
  }
}
