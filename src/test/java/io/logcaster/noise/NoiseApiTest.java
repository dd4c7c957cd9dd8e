package io.logcaster.noise;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Api;
import io.logcaster.RunningServer;
import io.logcaster.record.Timestamps;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The noise bill over HTTP. */
@RunningServer
class NoiseApiTest {

  private static final JsonMapper JSON = new JsonMapper();

  /** A day of its own, so that what other tests send is not on the bill. */
  private static final Instant DAY = Instant.now().minusSeconds(40_000);

  private final Api api;
  private final NoiseBill noise;

  NoiseApiTest(@LocalServerPort int port, @Autowired NoiseBill noise) {
    api = new Api(port);
    this.noise = noise;
  }

  private void send(String app, String message, int count, int second) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append(
          "{\"_time\":\"%s\",\"app\":\"%s\",\"_msg\":\"%s %d\"}\n"
              .formatted(DAY.plusSeconds(second), app, message, i));
    }
    HttpResponse<String> sent =
        api.post("/api/v1/records", "application/x-ndjson", lines.toString());
    assertThat(sent.statusCode()).isBetween(200, 204);
  }

  private JsonNode bill(int from, int to) {
    String path =
        "/api/v1/noise?start=%s&end=%s".formatted(DAY.plusSeconds(from), DAY.plusSeconds(to));
    HttpResponse<String> answer = api.get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static List<String> texts(JsonNode items, String name) {
    return StreamSupport.stream(items.spliterator(), false)
        .map((item) -> item.path(name).asString())
        .toList();
  }

  @Test
  void bill_listsTemplatesByTheirShare_withWhatLessOfThemSaves() {
    send("noisy-mill", "wheel turned " + "x".repeat(387), 30, 1);
    send("noisy-mill", "stone stopped", 10, 2);

    JsonNode items = bill(0, 10);

    assertThat(texts(items, "template")).hasSize(2);
    JsonNode first = items.get(0);
    assertThat(first.path("template").asString()).startsWith("wheel turned");
    assertThat(first.path("example").asString()).startsWith("wheel turned");
    assertThat(first.path("records").asInt()).isEqualTo(30);
    assertThat(first.path("share").asDouble()).isBetween(0.95, 1.0);
    long bytes = first.path("bytes").asLong();
    JsonNode savings = first.path("savings");
    assertThat(savings.path("drop").asLong()).isEqualTo(bytes);
    assertThat(savings.path("sample").asLong()).isBetween(bytes * 9 / 10, bytes);
    assertThat(savings.path("shorten").asLong()).isBetween(bytes * 4 / 10, bytes * 6 / 10);
    assertThat(items.get(1).path("savings").path("shorten").asLong()).isZero();
  }

  @Test
  void bill_saysWhoAsked_andLeavesOutWhoAskedForEverything() {
    send("noisy-bakery", "oven opened at", 5, 101);
    send("noisy-bakery", "bread baked in", 5, 102);
    for (String query : List.of("app:noisy-bakery oven", "*", "app:noisy-bakery pizza")) {
      String text = URLEncoder.encode(query, StandardCharsets.UTF_8);
      assertThat(api.get("/api/v1/query?limit=1&query=" + text).statusCode()).isEqualTo(200);
    }
    HttpResponse<String> search =
        api.post(
            "/api/v1/searches",
            "application/json",
            "{\"name\":\"All bread\",\"query\":\"bread | stats count() n\"}");

    JsonNode items = bill(100, 110);

    assertThat(items).hasSize(2);
    for (JsonNode item : items) {
      JsonNode readers = item.path("readBy");
      if (item.path("template").asString().startsWith("oven")) {
        assertThat(texts(readers, "query")).contains("app:noisy-bakery oven");
        assertThat(texts(readers, "kind")).contains("person");
      } else {
        assertThat(texts(readers, "name")).contains("All bread");
        assertThat(texts(readers, "query")).doesNotContain("app:noisy-bakery oven");
      }
      assertThat(texts(readers, "query")).doesNotContain("*", "app:noisy-bakery pizza");
    }
    api.delete(Api.created(search));
  }

  @Test
  void queriesOfOtherPeople_areOnlyCounted_forThoseWhoDoNotAdminister() throws IOException {
    send("noisy-dairy", "milk churned in", 5, 201);
    for (int i = 0; i < 3; i++) {
      String query = "/api/v1/query?limit=1&query=app:noisy-dairy+churned+" + "in+".repeat(i);
      assertThat(api.get(query).statusCode()).isEqualTo(200);
    }
    long start = nanos(DAY.plusSeconds(200));
    long end = nanos(DAY.plusSeconds(210));

    assertThat(noise.items(start, end, end, 10, "bob").getFirst().readBy())
        .filteredOn((reader) -> reader.kind().equals("person"))
        .singleElement()
        .satisfies((reader) -> assertThat(reader.name()).isNull())
        .satisfies((reader) -> assertThat(reader.query()).isNull())
        .satisfies((reader) -> assertThat(reader.times()).isGreaterThanOrEqualTo(3));
    for (String viewer : Arrays.asList("local", null)) {
      assertThat(noise.items(start, end, end, 10, viewer).getFirst().readBy())
          .extracting(Readers.Reader::query)
          .contains("app:noisy-dairy churned", "app:noisy-dairy churned in");
    }
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * Timestamps.SECOND + time.getNano();
  }

  @Test
  void wrongArguments_areRefusedByName() {
    assertThat(api.get("/api/v1/noise?start=soon").body()).contains("\"parameter\":\"start\"");
    assertThat(api.get("/api/v1/noise?limit=0").body()).contains("\"parameter\":\"limit\"");
    assertThat(api.get("/api/v1/noise?start=1h&end=2h").statusCode()).isEqualTo(400);
  }
}
