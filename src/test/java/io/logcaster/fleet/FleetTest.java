package io.logcaster.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import io.logcaster.TestClock;
import io.logcaster.alert.rule.ControlDb;
import io.logcaster.nodes.NodeCalls;
import io.logcaster.nodes.NodePresence;
import io.logcaster.nodes.NodeProperties;
import io.logcaster.nodes.Nodes;
import io.logcaster.nodes.NodesProperties;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.json.JsonMapper;

/** Nodes that answer, are away, answer twice, or are known only by the control database. */
@Execution(ExecutionMode.CONCURRENT)
class FleetTest {

  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

  private final TestClock clock = new TestClock(NOW);
  private final List<HttpServer> servers = new ArrayList<>();
  private @Nullable ControlDb db;
  private @Nullable Nodes nodes;

  @AfterEach
  void stop() {
    servers.forEach((server) -> server.stop(0));
    if (nodes != null) {
      nodes.close();
    }
    if (db != null) {
      db.close();
    }
  }

  private static NodeStatus status(String name) {
    return new NodeStatus(
        name,
        List.of("all"),
        "1.0",
        NOW,
        NOW,
        new NodeStatus.Health("UP", List.of()),
        false,
        null,
        1.5,
        1.5,
        10,
        1_000,
        5_000L,
        false);
  }

  private static String json(String name) {
    return new JsonMapper().writeValueAsString(status(name));
  }

  /** A node that answers with a code. */
  private HttpServer node(String id, int code, String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        NodeStatusController.PATH,
        (exchange) -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set(Nodes.CALLER, id);
          exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    servers.add(server);
    return server;
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private Fleet fleet(String... urls) {
    Nodes known =
        new Nodes(
            new NodesProperties(
                List.of(urls), null, null, Duration.ofMinutes(1), Duration.ofMinutes(1)));
    nodes = known;
    NodePresence presence = new NodePresence(db == null ? null : db.jdbc(), known.id());
    return new Fleet(
        () -> status("self"),
        new NodeProperties(null, null),
        known,
        new NodeCalls(known, presence, clock),
        Duration.ofMinutes(1),
        clock);
  }

  @Test
  void aloneServer_listsItself() throws Exception {
    assertThat(fleet().all())
        .singleElement()
        .matches(Fleet.NodeView::self)
        .extracting(Fleet.NodeView::name)
        .isEqualTo("self");
  }

  @Test
  void nodes_areListedOnce_andThoseThatFailAreNamedWithTheReason() throws Exception {
    String one = url(node("1", 200, json("one")));
    String twin = url(node("1", 200, json("one")));
    String self = url(node("x", 409, "{}"));
    String stranger = url(node("2", 200, "[]"));
    String refusing = url(node("3", 403, "{}"));

    List<Fleet.NodeView> all = fleet(one, twin, self, stranger, refusing).all();

    assertThat(all)
        .filteredOn((view) -> view.error() == null)
        .extracting(Fleet.NodeView::name)
        .containsExactly("self", "one");
    assertThat(all)
        .filteredOn((view) -> view.error() != null)
        .allMatch((view) -> view.status() == null && view.lastSeen() == null)
        .extracting(Fleet.NodeView::url, Fleet.NodeView::error)
        .containsExactlyInAnyOrder(
            tuple(stranger, "its answer is not that of a LogCaster"),
            tuple(refusing, "it does not accept the token of logcaster.nodes.token-file"));
  }

  @Test
  void node_thatGoesAway_isShownAsItWasLast() throws Exception {
    HttpServer server = node("1", 200, json("one"));
    Fleet fleet = fleet(url(server));
    assertThat(fleet.all()).hasSize(2);
    server.stop(0);
    clock.advance(Duration.ofMinutes(1));

    Fleet.NodeView away = fleet.all().getLast();

    assertThat(away.name()).isEqualTo("one");
    assertThat(away.error()).isNotBlank();
    assertThat(away.lastSeen()).isEqualTo(NOW);
    assertThat(away.status()).isEqualTo(status("one"));
  }

  @Test
  void nodesOfOneControlDatabase_findEachOther() throws Exception {
    ControlDb shared = new ControlDb();
    db = shared;
    String asked = url(node("2", 200, json("asked")));
    new NodePresence(shared.jdbc(), "1").tell("told", null, json("told"));
    new NodePresence(shared.jdbc(), "2").tell("asked", URI.create(asked), json("stale"));
    NodePresence dead = new NodePresence(shared.jdbc(), "3");
    dead.tell("dead", URI.create("http://127.0.0.1:1"), json("dead"));
    shared
        .jdbc()
        .sql(
            "UPDATE node_presence SET seen = CURRENT_TIMESTAMP - INTERVAL '10' MINUTE WHERE id ="
                + " '3'")
        .update();

    List<Fleet.NodeView> all = fleet().all();

    assertThat(all)
        .extracting(Fleet.NodeView::name)
        .containsExactly("self", "asked", "dead", "told");
    assertThat(all).noneMatch((view) -> !view.self() && view.queried());
    assertThat(all.get(1).error()).isNull();
    assertThat(all.get(2).error()).contains("control database");
    assertThat(all.get(3).error()).isNull();
    assertThat(all.get(3).status()).isEqualTo(status("told"));
  }

  @Test
  void nodeThatStarts_replacesTheOneOfItsName_andOneThatLeavesIsNotMissed() {
    ControlDb shared = new ControlDb();
    db = shared;
    new NodePresence(shared.jdbc(), "old").tell("one", null, json("one"));
    NodePresence present = new NodePresence(shared.jdbc(), "new");
    present.tell("one", null, json("one"));
    present.tell("one", null, json("one"));
    NodePresence reader = new NodePresence(shared.jdbc(), "reader");
    assertThat(reader.others()).extracting(NodePresence.Row::id).containsExactly("new");

    present.leave();
    assertThat(reader.others()).isEmpty();
  }

  @Test
  void nodeThatIsAwayForLong_isForgotten() {
    ControlDb shared = new ControlDb();
    db = shared;
    new NodePresence(shared.jdbc(), "gone").tell("gone", null, "{}");
    new NodePresence(shared.jdbc(), "here").tell("here", null, "{}");
    shared
        .jdbc()
        .sql(
            "UPDATE node_presence SET seen = CURRENT_TIMESTAMP - INTERVAL '2' HOUR WHERE id ="
                + " 'gone'")
        .update();
    NodePresence reader = new NodePresence(shared.jdbc(), "reader");

    reader.forgetLost();

    assertThat(reader.others()).extracting(NodePresence.Row::name).containsExactly("here");
  }
}
