package io.logcaster.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.Api;
import io.logcaster.RunningServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RunningServer
class InputsTest {

  private final Api api;
  private final JsonMapper json;

  InputsTest(@LocalServerPort int port, @Autowired JsonMapper json) {
    this.api = new Api(port);
    this.json = json;
  }

  @Test
  void inputs_listTcpAndItsConnections() throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write("a line of InputsTest\n".getBytes(StandardCharsets.US_ASCII));
      String peer = "127.0.0.1:" + socket.getLocalPort();

      await().until(() -> connection(peer).path("records").asLong() == 1);

      JsonNode connection = connection(peer);
      assertThat(connection.propertyNames())
          .containsExactly(
              "id", "input", "peer", "protocol", "records", "bytes", "since", "errors");
      assertThat(connection.get("id").asString()).matches("c-\\d+");
      assertThat(connection.get("input").asString()).isEqualTo("tcp");
      assertThat(connection.get("protocol").asString()).isEqualTo("raw");
      assertThat(connection.get("bytes").asLong()).isEqualTo(21);
      assertThat(connection.get("since").asString()).endsWith("Z");
      JsonNode tcp = tcp();
      assertThat(tcp.propertyNames())
          .containsExactly(
              "id",
              "protocol",
              "address",
              "state",
              "received",
              "rejected",
              "bytes",
              "errors",
              "connections");
      assertThat(tcp.get("state").asString()).isEqualTo("RUNNING");
      assertThat(tcp.get("connections").asInt()).isPositive();
    }
  }

  @Test
  void health_includesTheTcpInput() {
    JsonNode health = json.readTree(api.get("/actuator/health").body());
    assertThat(health.at("/components/tcpInput/status").asString()).isEqualTo("UP");
    assertThat(health.at("/components/tcpInput/details/address").asString())
        .isEqualTo(tcp().get("address").asString());
  }

  private Socket connect() throws IOException {
    String address = tcp().get("address").asString();
    int colon = address.lastIndexOf(':');
    return new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
  }

  private JsonNode tcp() {
    JsonNode inputs = json.readTree(api.get("/api/v1/inputs").body()).get("inputs");
    for (JsonNode input : inputs) {
      if (input.get("id").asString().equals("tcp")) {
        return input;
      }
    }
    throw new AssertionError("No tcp in " + inputs);
  }

  private JsonNode connection(String peer) {
    JsonNode answer = json.readTree(api.get("/api/v1/inputs").body());
    for (JsonNode connection : answer.get("connections")) {
      if (connection.get("peer").asString().equals(peer)) {
        return connection;
      }
    }
    return json.createObjectNode();
  }
}
