package io.logcaster.fleet;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.logcaster.nodes.NodeCalls;
import io.logcaster.nodes.NodeCalls.Answer;
import io.logcaster.nodes.NodePresence;
import io.logcaster.nodes.NodeProperties;
import io.logcaster.nodes.Nodes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * All nodes as this one sees them: itself, those in its settings, and those in the shared control
 * database. Thread-safe.
 */
final class Fleet {

  private static final JsonMapper JSON = new JsonMapper();

  private final Supplier<NodeStatus> own;
  private final NodeProperties node;
  private final Nodes nodes;
  private final NodeCalls calls;
  private final Duration wait;
  private final Clock clock;

  /** What nodes said last, by their address. */
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  private record Seen(String id, NodeStatus status, Instant time) {}

  Fleet(
      Supplier<NodeStatus> own,
      NodeProperties node,
      Nodes nodes,
      NodeCalls calls,
      Duration wait,
      Clock clock) {
    this.wait = wait;
    this.own = own;
    this.node = node;
    this.nodes = nodes;
    this.calls = calls;
    this.clock = clock;
  }

  /**
   * A node.
   *
   * @param name its name, or its address if it has never said its name
   * @param url where it is asked; null for the one that answers, and for one that has not said it
   * @param self whether it is the one that answers
   * @param queried whether its records are in the answers of the one that answers
   * @param lastSeen when it was last heard of; null if it never was
   * @param error why it does not answer; null if it does
   * @param status how it is, or was when it was last heard of; null if it never was
   */
  record NodeView(
      String name,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String url,
      boolean self,
      boolean queried,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant lastSeen,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String error,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable NodeStatus status) {

    NodeView awayBecause(@Nullable String reason, boolean isQueried) {
      return new NodeView(name, url, self, isQueried, lastSeen, reason, status);
    }
  }

  /** All nodes: this one first, the others by their names. Waits for them for a bounded time. */
  List<NodeView> all() throws InterruptedException {
    List<NodeView> others = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (Answer answer : calls.get(NodeStatusController.PATH, wait)) {
      NodeView view = view(answer);
      String id = answer.id().isEmpty() ? lastId(answer) : answer.id();
      if (id.isEmpty() || known.add(id)) {
        others.add(view);
      }
    }
    Set<String> urls = new HashSet<>();
    others.forEach((view) -> urls.add(String.valueOf(view.url())));
    for (NodePresence.Row row : calls.rows()) {
      if (!known.contains(row.id()) && !urls.contains(String.valueOf(row.address()))) {
        others.add(view(row));
      }
    }
    others.sort(Comparator.comparing(NodeView::name));
    List<NodeView> all = new ArrayList<>();
    NodeStatus status = own.get();
    String url = node.url();
    all.add(new NodeView(status.name(), url, true, true, status.time(), null, status));
    all.addAll(others);
    return all;
  }

  private String lastId(Answer answer) {
    Seen last = seen.get(answer.name());
    return (last == null) ? "" : last.id();
  }

  private NodeView view(Answer answer) {
    String url = answer.name();
    boolean queried = nodes.list().contains(answer.node());
    String error = answer.error();
    if (answer.body() != null) {
      try {
        NodeStatus status = JSON.treeToValue(answer.body(), NodeStatus.class);
        Instant now = clock.instant();
        seen.put(url, new Seen(answer.id(), status, now));
        return new NodeView(status.name(), url, false, queried, now, null, status);
      } catch (JacksonException ex) {
        error = "its answer is not that of a LogCaster";
      }
    }
    Seen last = seen.get(url);
    String reason = error;
    if (last == null) {
      return calls.rows().stream()
          .filter((row) -> url.equals(String.valueOf(row.address())))
          .findFirst()
          .map(this::view)
          .map((row) -> row.awayBecause(reason, queried))
          .orElse(new NodeView(url, url, false, queried, null, error, null));
    }
    return new NodeView(
        last.status().name(), url, false, queried, last.time(), error, last.status());
  }

  private NodeView view(NodePresence.Row row) {
    NodeStatus status;
    try {
      status = JSON.readValue(row.status(), NodeStatus.class);
    } catch (JacksonException ex) {
      status = null;
    }
    return new NodeView(
        row.name(),
        (row.address() == null) ? null : row.address().toString(),
        false,
        false,
        row.seen(),
        row.isAway() ? "it has not told the control database that it runs since then" : null,
        status);
  }
}
