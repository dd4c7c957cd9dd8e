package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Api;
import io.logcaster.RunningServer;
import io.logcaster.nodes.Nodes;
import io.logcaster.nodes.NodesProperties;
import io.logcaster.query.peer.NodePeers;
import io.logcaster.storage.InMemoryLogStorage;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A server without records asks a running one. */
@RunningServer
class NodeQueriesTest {

  @LocalServerPort private int port;

  @Autowired private Nodes own;

  private Nodes nodes;

  private QueryEngine engine;

  @BeforeEach
  void send() {
    nodes =
        new Nodes(
            new NodesProperties(
                List.of("http://127.0.0.1:" + port),
                null,
                null,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1)));
    engine =
        new QueryEngine(
            new InMemoryLogStorage(1 << 20),
            new NodePeers(nodes),
            Clock.systemUTC(),
            QueryLimits.defaults());
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      body.append("{\"app\":\"asked\",\"n\":\"").append(i).append("\",\"_msg\":\"m\"}\n");
    }
    assertThat(
            new Api(port)
                .post("/api/v1/records", "application/x-ndjson", body.toString())
                .statusCode())
        .isEqualTo(200);
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  private List<Map<String, String>> rows(String query) throws IOException {
    return engine.rows(engine.parse(query), Long.MIN_VALUE, Long.MAX_VALUE);
  }

  @Test
  void records_ofAnotherServer_areRowsAndStates() throws IOException {
    assertThat(rows("app:=asked | stats count_uniq(n) u, max(n) m"))
        .containsExactly(Map.of("u", "50", "m", "49"));
    assertThat(rows("app:=asked | uniq by (n) | sort by (n) limit 2 | fields n"))
        .containsExactly(Map.of("n", "0"), Map.of("n", "1"));
    assertThat(rows("app:=asked | sort by (n desc) limit 1").getFirst())
        .containsEntry("_msg", "m")
        .containsKeys("_time", "_stream", "_stream_id");
  }

  @Test
  void server_recognisesItselfAndOtherVersions() {
    assertThat(ask(1, own.id()).body()).contains("node_is_caller");
    assertThat(ask(99, "x").body()).contains("node_version");
    assertThat(ask(99, "x").statusCode()).isEqualTo(409);
  }

  private HttpResponse<String> ask(int version, String caller) {
    Api api = new Api(port);
    return api.send(
        api.request(NodePeers.PATH, "Content-Type", "application/json", Nodes.CALLER, caller)
            .POST(
                BodyPublishers.ofString(
                    "{\"version\":%d,\"query\":\"*\",\"hidden\":[],\"minTime\":0,\"maxTime\":1,\"now\":1,"
                            .formatted(version)
                        + "\"present\":1,\"subqueries\":{},\"state\":false}")));
  }
}
