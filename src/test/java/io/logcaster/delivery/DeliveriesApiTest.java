package io.logcaster.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.Api;
import io.logcaster.RunningServer;
import io.logcaster.TcpPort;
import io.logcaster.ingest.Input;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RunningServer
class DeliveriesApiTest {

  private final Api api;
  private final JsonMapper json;
  private final int tcp;

  DeliveriesApiTest(
      @LocalServerPort int port, @Autowired JsonMapper json, @Autowired List<Input> inputs) {
    this.api = new Api(port);
    this.json = json;
    this.tcp = TcpPort.of(inputs);
  }

  private static byte[] frame(int type, int sequence, String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return ByteBuffer.allocate(20 + bytes.length)
        .putInt(0xC14C4301)
        .put((byte) type)
        .put((byte) 0)
        .putShort((short) 0)
        .putInt(sequence)
        .putInt(bytes.length)
        .putInt((int) checksum.getValue())
        .put(bytes)
        .array();
  }

  private void send(String client, int... sequences) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), tcp)) {
      var out = socket.getOutputStream();
      out.write(frame(1, 0, "{\"client\":\"" + client + "\",\"resume\":true}"));
      for (int sequence : sequences) {
        out.write(frame(2, sequence, "deliveries-test frame " + sequence + "\n"));
      }
      out.write(frame(7, 0, ""));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
  }

  private JsonNode sender(String client) {
    return json.readTree(api.get("/api/v1/deliveries/" + client).body());
  }

  private JsonNode arrival(String client, int sequence) {
    return json.readTree(api.get("/api/v1/deliveries/" + client + "?sequence=" + sequence).body());
  }

  @Test
  void frames_leftOut_areFoundAndNamed() throws Exception {
    String client = "deliveries-test/shop";
    send(client, 1, 2, 3);
    send(client, 7, 8);

    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              assertThat(arrival(client, 8).get("answer").asString()).isEqualTo("arrived");
              assertThat(sender(client).get("received").asLong()).isEqualTo(5);
            });
    assertThat(arrival(client, 5).get("answer").asString()).isEqualTo("not_arrived");
    assertThat(arrival(client, 9).get("answer").asString()).isEqualTo("not_arrived");
    assertThat(arrival("deliveries-test/none", 1).get("answer").asString()).isEqualTo("unknown");

    JsonNode sender = sender(client);
    assertThat(sender.get("protocol").asString()).isEqualTo("framed");
    assertThat(sender.get("last").asLong()).isEqualTo(8);
    assertThat(json.readTree(api.get("/api/v1/deliveries").body()).valueStream())
        .anyMatch((item) -> item.get("client").asString().equals(client));
  }

  @Test
  void get_unknownClient_answers404() {
    var answer = api.get("/api/v1/deliveries/nobody-of-this-name");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(json.readTree(answer.body()).get("code").asString()).isEqualTo("unknown_client");
  }

  @Test
  void get_unknownProtocol_answers400() {
    var answer = api.get("/api/v1/deliveries/x?protocol=pigeon");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("invalid_argument", "pigeon");
  }

  @Test
  void delete_forgetsTheClient() throws Exception {
    send("deliveries-test-gone", 1);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> api.get("/api/v1/deliveries/deliveries-test-gone").statusCode() == 200);

    assertThat(api.delete("/api/v1/deliveries/deliveries-test-gone").statusCode()).isEqualTo(204);
    assertThat(api.get("/api/v1/deliveries/deliveries-test-gone").statusCode()).isEqualTo(404);
  }
}
