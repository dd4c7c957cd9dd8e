package io.logcaster.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.Api;
import io.logcaster.RunningServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RunningServer
class SourcesApiTest {

  private final Api api;
  private final JsonMapper json;

  SourcesApiTest(@LocalServerPort int port, @Autowired JsonMapper json) {
    this.api = new Api(port);
    this.json = json;
  }

  private JsonNode find(String query, String field, String value) {
    return json.readTree(api.get("/api/v1/sources" + query).body())
        .valueStream()
        .filter((item) -> item.path(field).asString("").equals(value))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void sources_areListedByHostAppAndBoth() {
    api.post(
        "/api/v1/records",
        "application/x-ndjson",
        """
        {"host":"sources-test-1","app":"sources-test","level":"error","_msg":"a"}
        {"host":"sources-test-2","app":"sources-test","_msg":"b"}
        """);
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(find("?by=app", "app", "sources-test").get("records").asLong())
                    .isEqualTo(2));
    assertThat(find("?by=app", "app", "sources-test").get("errorShare").asDouble()).isEqualTo(0.5);
    assertThat(find("?by=app", "app", "sources-test").has("host")).isFalse();
    assertThat(find("?by=host", "host", "sources-test-1").get("errorShare").asDouble())
        .isEqualTo(1);
    assertThat(find("", "host", "sources-test-2").get("app").asString()).isEqualTo("sources-test");
  }

  @Test
  void invalidArguments_areNamed() {
    assertThat(api.get("/api/v1/sources?by=planet").body()).contains("invalid_argument", "planet");
    assertThat(api.get("/api/v1/sources?limit=0").body()).contains("invalid_argument", "limit");
  }
}
