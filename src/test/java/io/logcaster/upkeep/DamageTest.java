package io.logcaster.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.Api;
import io.logcaster.LogCasterApplication;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** A file that is damaged while the server runs is reported everywhere. */
@Execution(ExecutionMode.SAME_THREAD)
class DamageTest {

  /** Ends within the damaged block, so that its times must be read. */
  private static final String CUT = "_time:%5B1970-01-01,1970-01-02T00:00:00.5Z%5D+_msg:m";

  @TempDir Path data;

  @Test
  void segmentDamagedAtRunTime_isReportedByAnswersHealthMetricsAndDeletions() throws IOException {
    try (ServletWebServerApplicationContext server = start()) {
      Api api = new Api(server.getWebServer().getPort());
      send(api, "good", 30);
      send(api, "bad", 20);
      Path file = segment("1970-01-02");
      // Descriptions of blocks stay in memory after this; the times that queries cut do not.
      assertThat(api.get("/api/v1/query?query=*").body().lines()).hasSize(50);
      damage(file);
      String name = file.getFileName().toString();

      HttpResponse<String> rows = api.get("/api/v1/query?query=*");
      assertThat(rows.statusCode()).isEqualTo(200);
      assertThat(rows.body().lines()).hasSize(31);
      assertThat(rows.body().lines().toList().getLast())
          .contains("\"_error_code\":\"damaged_data\"", name);
      assertThat(api.get("/api/v1/query?query=*&format=json").body())
          .startsWith("[")
          .endsWith("]\n")
          .contains("damaged_data");
      assertThat(api.get("/api/v1/query?query=*&format=csv").body()).contains("damaged_data");

      HttpResponse<String> counted = api.get("/api/v1/stats_query?query=" + CUT + "+%7C+count()+n");
      assertThat(counted.headers().firstValue("X-LogCaster-Partial")).hasValue("damaged_data");
      assertThat(counted.body()).contains("\"30\"");
      assertThat(api.get("/api/v1/explain?run=true&query=" + CUT).body()).contains("damage", name);
      String whole = "/api/v1/query?query=_time:1970-01-01+app:%3Dgood";
      assertThat(api.get(whole).body().lines())
          .hasSize(30)
          .noneMatch((row) -> row.contains("_error"));

      assertThat(api.get("/actuator/health").body()).contains("damage", name);
      assertThat(api.get("/actuator/prometheus").body())
          .containsPattern("logcaster_storage_damage [1-9]");

      String task = Api.created(api.post("/api/v1/delete?query=" + CUT, "text/plain", ""));
      await()
          .untilAsserted(
              () -> assertThat(api.get(task).body()).contains("failed", name, "\"deleted\":30"));
      assertThat(api.get(whole).body()).isEmpty();
    }
  }

  private static void send(Api api, String app, int records) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < records; i++) {
      // Irregular, so that the times take more bytes than are damaged.
      lines.append(
          "{\"_time\":\"1970-01-0%dT00:00:00.%03dZ\",\"_msg\":\"m\",\"app\":\"%s\"}\n"
              .formatted(app.equals("bad") ? 2 : 1, i * i * 37 % 1000, app));
    }
    HttpResponse<String> answer =
        api.post("/api/v1/records", "application/x-ndjson", lines.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    // Creating a snapshot writes everything to segments.
    api.post("/api/v1/snapshots", "application/json", "");
  }

  private Path segment(String partition) throws IOException {
    try (var files = Files.list(data.resolve("records").resolve(partition))) {
      return files.filter((file) -> file.toString().endsWith(".seg")).findFirst().orElseThrow();
    }
  }

  /** Damages the times of the only block, which are its first bytes. */
  private static void damage(Path segment) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      for (int at = 16; at < 32; at++) {
        file.seek(at);
        int before = file.read();
        file.seek(at);
        file.write(before ^ 0xff);
      }
    }
  }

  private ServletWebServerApplicationContext start() {
    return (ServletWebServerApplicationContext)
        SpringApplication.run(
            LogCasterApplication.class,
            List.of(
                    "--server.port=0",
                    "--logcaster.tcp.port=0",
                    "--logcaster.udp.port=0",
                    "--logcaster.self-log.enabled=false",
                    "--logcaster.host-metrics.enabled=false",
                    "--logcaster.data.dir=" + data)
                .toArray(String[]::new));
  }
}
