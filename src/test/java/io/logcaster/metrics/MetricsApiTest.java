package io.logcaster.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.Api;
import io.logcaster.EventStream;
import io.logcaster.RunningServer;
import io.logcaster.Sender;
import io.logcaster.pipeline.Intake;
import io.logcaster.pipeline.Ledger;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RunningServer
class MetricsApiTest {

  private final int port;
  private final Api api;
  private final JsonMapper json;
  private final Sender sender;

  MetricsApiTest(
      @LocalServerPort int port,
      @Autowired JsonMapper json,
      @Autowired Intake intake,
      @Autowired Ledger ledger) {
    this.port = port;
    this.api = new Api(port);
    this.json = json;
    this.sender = new Sender(intake, ledger);
  }

  @Test
  void stream_sendsTheFiguresRepeatedly() {
    try (EventStream stream = new EventStream(port, "/api/v1/metrics/stream")) {
      sender.send("metrics-test", "one", "two");
      stream.await(
          "metrics",
          (data) ->
              json.readTree(data)
                  .get("inputs")
                  .valueStream()
                  .anyMatch(
                      (input) ->
                          input.get("id").asString().equals("test")
                              && input.get("stored").asLong() >= 2));
    }
  }

  @Test
  void metrics_includeTheMachine() {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              // Absent until the first reading.
              JsonNode host = json.readTree(api.get("/api/v1/metrics").body()).get("host");
              assertThat(host.path("memory_usage").asDouble(-1)).isPositive();
              assertThat(host.path("cpu_usage").asDouble(-1)).isBetween(0.0, 100.0);
              assertThat(host.path("disk_io").asDouble(-1)).isBetween(0.0, 100.0);
            });
  }

  @Test
  void prometheus_countsRecordsByInputAndOutcome() {
    sender.send("metrics-test", "three");
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(api.get("/actuator/prometheus").body())
                    .containsPattern(
                        "logcaster_records_total\\{input=\"test\",outcome=\"stored\",reason=\"\"}"
                            + " [1-9]")
                    .contains("logcaster_buffer_used_bytes", "logcaster_storage_records"));
  }

  @Test
  void health_namesPipelineAndStorage() {
    JsonNode parts = json.readTree(api.get("/actuator/health").body()).get("components");
    assertThat(parts.at("/pipeline/status").asString()).isEqualTo("UP");
    assertThat(parts.at("/storage/status").asString()).isEqualTo("UP");
  }
}
