package io.logcaster.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Api;
import io.logcaster.LogCasterApplication;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Starts two servers, the second on a snapshot of the first. */
@Execution(ExecutionMode.SAME_THREAD)
class SnapshotTest {

  private static final String SNAPSHOTS = "/api/v1/snapshots";

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path data;

  @Test
  void snapshot_canBeOpenedByASecondServerWhileTheFirstRuns() throws IOException {
    Path unfinished = data.resolve("snapshots").resolve("2026-01-01T00-00-00Z.partial");
    Files.createDirectories(unfinished.resolve("records"));
    Files.createDirectories(data.resolve("series"));
    Files.writeString(data.resolve("series").resolve("one.series"), "values");
    try (ServletWebServerApplicationContext first = start(data)) {
      assertThat(unfinished).doesNotExist();
      Api api = api(first);
      send(api, "before", 30);
      api.post(
          "/api/v1/searches", "application/json", "{\"name\":\"Mine\",\"query\":\"app:=before\"}");
      HttpResponse<String> made = api.post(SNAPSHOTS, "application/json", "");
      assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
      JsonNode snapshot = JSON.readTree(made.body());
      Path series = Path.of(snapshot.get("path").asString(), "series", "one.series");
      assertThat(series).hasContent("values");
      send(api, "after", 5);
      api.post("/api/v1/delete?query=app:%3Dbefore", "text/plain", "");

      try (ServletWebServerApplicationContext second =
          start(Path.of(snapshot.get("path").asString()))) {
        Api other = api(second);
        assertThat(count(other, "before")).isEqualTo(30);
        assertThat(count(other, "after")).isZero();
        assertThat(other.get("/api/v1/searches").body()).contains("\"Mine\"");
        send(other, "elsewhere", 3);
        assertThat(count(other, "elsewhere")).isEqualTo(3);
      }
      assertThat(count(api, "elsewhere")).isZero();
      assertThat(count(api, "after")).isEqualTo(5);

      String path = SNAPSHOTS + "/" + snapshot.get("id").asString();
      assertThat(made.headers().firstValue("Location"))
          .hasValue("snapshots/" + snapshot.get("id").asString());
      assertThat(JSON.readTree(api.get(SNAPSHOTS).body()).get(0).get("id"))
          .isEqualTo(snapshot.get("id"));
      assertThat(api.get(path).statusCode()).isEqualTo(200);
      assertThat(api.delete(path).statusCode()).isEqualTo(204);
      assertThat(api.delete(path).body()).contains("unknown_snapshot");
      assertThat(api.get(SNAPSHOTS + "/..%2F..").statusCode()).isGreaterThanOrEqualTo(400);
      assertThat(data.resolve("snapshots")).isEmptyDirectory();
    }
  }

  @Test
  void snapshot_ofAStorageWithoutFiles_isRefused() {
    try (ServletWebServerApplicationContext server =
        start(data, "--logcaster.storage.type=memory")) {
      HttpResponse<String> answer = api(server).post(SNAPSHOTS, "application/json", "");
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.body()).contains("snapshots_not_supported", "logcaster.storage.type");
    }
  }

  private static void send(Api api, String app, int records) {
    String line = "{\"_msg\":\"m\",\"app\":\"" + app + "\"}\n";
    HttpResponse<String> answer =
        api.post("/api/v1/records", "application/x-ndjson", line.repeat(records));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static long count(Api api, String app) {
    return api.get("/api/v1/query?query=app:%3D" + app).body().lines().count();
  }

  private static Api api(ServletWebServerApplicationContext server) {
    return new Api(server.getWebServer().getPort());
  }

  private static ServletWebServerApplicationContext start(Path data, String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(
        List.of(
            "--server.port=0",
            "--logcaster.tcp.port=0",
            "--logcaster.udp.port=0",
            "--logcaster.data.dir=" + data));
    return (ServletWebServerApplicationContext)
        SpringApplication.run(LogCasterApplication.class, arguments.toArray(String[]::new));
  }
}
