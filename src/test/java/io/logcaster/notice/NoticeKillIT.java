package io.logcaster.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Api;
import io.logcaster.ServerProcess;
import io.logcaster.notice.channel.Receiver;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole server with a receiver that fails, killed in between. */
@Execution(ExecutionMode.CONCURRENT)
class NoticeKillIT {

  private static final String JSON = "application/json";
  private static final String SECRET = "s3cret-t0ken-of-the-receiver";

  @TempDir Path data;

  /** Four starts, each of which takes half a minute on a busy machine. */
  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void notice_survivesAKill_isSentOnce_andItsSecretsAreNowhere() throws Exception {
    try (Receiver receiver = new Receiver()) {
      ServerProcess server =
          ServerProcess.start(data, "--logcaster.alert.allow-local-addresses=true");
      try {
        Api api = new Api(server.httpPort());
        created(
            api.post(
                "/api/v1/channels",
                JSON,
                """
                {"name":"Hook","type":"webhook","options":{"url":"%s/hook",
                 "headers":{"Authorization":"Bearer %s"}}}
                """
                    .formatted(receiver.url(), SECRET)));
        assertThat(
                api.put(
                        "/api/v1/alerts/routes",
                        JSON,
                        "{\"routes\":[{\"name\":\"all\",\"groupWait\":\"0s\",\"groupInterval\":\"1s\"}]}")
                    .statusCode())
            .isEqualTo(200);
        String rule =
            created(
                api.post(
                    "/api/v1/alerts/rules",
                    JSON,
                    """
                    {"name":"Fatal","query":"app:=kill fatal | stats by (app) count() value",
                     "window":"1h","interval":"1s","comparison":">","threshold":1}
                    """));
        receiver.reply(503, Map.of("Retry-After", "3"), "echo " + SECRET);
        assertThat(
                api.post(
                        "/api/v1/records",
                        "application/x-ndjson",
                        """
                        {"app":"kill","_msg":"fatal 1"}
                        {"app":"kill","_msg":"fatal 2"}
                        """)
                    .statusCode())
            .isEqualTo(200);

        Receiver.Request first = receiver.next();
        assertThat(first.headers()).containsEntry("Authorization", "Bearer " + SECRET);
        server.kill();
        server = server.restart();
        Receiver.Request again = receiver.next();
        assertThat(again.headers().get("X-LogCaster-Id"))
            .isEqualTo(first.headers().get("X-LogCaster-Id"));
        assertThat(again.json().at("/notices/0")).isEqualTo(first.json().at("/notices/0"));
        assertThat(again.json().at("/notices/0/records").size()).isEqualTo(2);
        assertThat(again.json().at("/notices/0/template").asString()).startsWith("fatal ");

        awaitEmptyQueue(api);
        // Delivered before the kill: not sent again, and the end of the alert is.
        server.kill();
        server = server.restart();
        api.delete("/api/v1/alerts/rules/" + rule);
        Receiver.Request end = receiver.next();
        assertThat(end.json().at("/status").asString()).isEqualTo("RESOLVED");
        assertThat(receiver.count()).isZero();
        awaitEmptyQueue(api);
        assertThat(api.get("/api/v1/channels").body()).doesNotContain(SECRET).contains("****");
        assertThat(api.get("/actuator/health").body()).doesNotContain(SECRET);
        assertThat(api.get("/api/v1/query?query=*").body()).doesNotContain(SECRET);
        assertThat(api.get("/actuator/prometheus").body()).contains("logcaster_notices_sent_total");
      } finally {
        server.kill();
      }
      assertThat(files(data)).isNotEmpty().noneMatch((file) -> contains(file, SECRET));
    }
  }

  private static void awaitEmptyQueue(Api api) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> api.get("/actuator/prometheus").body().contains("logcaster_notices_waiting 0"));
  }

  private static String created(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    JsonNode body = JsonMapper.builder().build().readTree(answer.body());
    return body.at("/id").asString();
  }

  private static List<Path> files(Path dir) throws IOException {
    try (Stream<Path> all = Files.walk(dir)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      return new String(bytes, StandardCharsets.ISO_8859_1).contains(text)
          || new String(bytes, StandardCharsets.UTF_16LE).contains(text)
          || new String(bytes, StandardCharsets.UTF_16BE).contains(text);
    } catch (IOException ex) {
      throw new IllegalStateException(ex);
    }
  }
}
