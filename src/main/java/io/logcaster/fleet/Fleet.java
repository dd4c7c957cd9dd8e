package io.logcaster.fleet;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.logcaster.nodes.NodeCalls;
import io.logcaster.nodes.NodeCalls.Answer;
import io.logcaster.nodes.NodeProperties;
import io.logcaster.nodes.Nodes;
import io.logcaster.nodes.Presence;
import java.time.Clock;
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
  private final Clock clock;

  /** What nodes said last, by their address. */
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  private record Seen(String id, NodeStatus status, Instant time) {}

  Fleet(Supplier<NodeStatus> own, NodeProperties node, Nodes nodes, NodeCalls calls, Clock clock) {
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
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record View(
      String name,
      @Nullable String url,
      boolean self,
      boolean queried,
      @Nullable Instant lastSeen,
      @Nullable String error,
      @Nullable NodeStatus status) {

    View awayBecause(@Nullable String reason, boolean isQueried) {
      return new View(name, url, self, isQueried, lastSeen, reason, status);
    }
  }

  /** All nodes: this one first, the others by their names. Waits for them for a bounded time. */
  List<View> all() throws InterruptedException {
    List<View> others = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (Answer answer : calls.get(NodeStatusController.PATH, NodeCalls.WAIT)) {
      View view = view(answer);
      String id = answer.id().isEmpty() ? lastId(answer) : answer.id();
      if (id.isEmpty() || known.add(id)) {
        others.add(view);
      }
    }
    Set<String> urls = new HashSet<>();
    others.forEach((view) -> urls.add(String.valueOf(view.url())));
    for (Presence.Row row : calls.rows()) {
      if (!known.contains(row.id()) && !urls.contains(String.valueOf(row.address()))) {
        others.add(view(row));
      }
    }
    others.sort(Comparator.comparing(View::name));
    List<View> all = new ArrayList<>();
    NodeStatus status = own.get();
    String url = node.url();
    all.add(new View(status.name(), url, true, true, status.time(), null, status));
    all.addAll(others);
    return all;
  }

  private String lastId(Answer answer) {
    Seen last = seen.get(answer.name());
    return (last == null) ? "" : last.id();
  }

  private View view(Answer answer) {
    String url = answer.name();
    boolean queried = nodes.list().contains(answer.node());
    String error = answer.error();
    if (answer.body() != null) {
      try {
        NodeStatus status = JSON.treeToValue(answer.body(), NodeStatus.class);
        Instant now = clock.instant();
        seen.put(url, new Seen(answer.id(), status, now));
        return new View(status.name(), url, false, queried, now, null, status);
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
          .orElse(new View(url, url, false, queried, null, error, null));
    }
    return new View(last.status().name(), url, false, queried, last.time(), error, last.status());
  }

  private View view(Presence.Row row) {
    NodeStatus status;
    try {
      status = JSON.readValue(row.status(), NodeStatus.class);
    } catch (JacksonException ex) {
      status = null;
    }
    return new View(
        row.name(),
        (row.address() == null) ? null : row.address().toString(),
        false,
        false,
        row.seen(),
        row.isAway() ? "it has not told the control database that it runs since then" : null,
        status);
  }
}
