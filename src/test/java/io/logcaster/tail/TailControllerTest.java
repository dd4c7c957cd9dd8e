package io.logcaster.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.Api;
import io.logcaster.EventStream;
import io.logcaster.RunningServer;
import io.logcaster.Sender;
import io.logcaster.pipeline.Intake;
import io.logcaster.pipeline.Ledger;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RunningServer
class TailControllerTest {

  private final int port;
  private final Sender sender;
  private final TailHub hub;

  TailControllerTest(
      @LocalServerPort int port,
      @Autowired Intake intake,
      @Autowired Ledger ledger,
      @Autowired TailHub hub) {
    this.port = port;
    this.sender = new Sender(intake, ledger);
    this.hub = hub;
  }

  @Test
  void events_containMatchingRecordsAsTheyAreStored() {
    try (EventStream tail = new EventStream(port, "/api/v1/tail?query={q}", "app:=tail1 error")) {
      sender.send("tail1", "all is fine", "an \"error\"\nover two lines");
      sender.send("tail2", "an error elsewhere");

      String data = tail.await("records", (any) -> true);
      List<Map<String, String>> records = TailJson.read(data.getBytes(StandardCharsets.UTF_8));
      assertThat(records).hasSize(1);
      assertThat(records.getFirst())
          .containsEntry("_msg", "an \"error\"\nover two lines")
          .containsEntry("_stream", "{app=\"tail1\"}")
          .containsKeys("_time", "_stream_id");
    }
  }

  @Test
  void events_ofAQueryWithRowWisePipes_containThePipesResults() {
    try (EventStream tail =
        new EventStream(port, "/api/v1/tail?query={q}", "app:=tail3 | fields _msg")) {
      sender.send("tail3", "only this");
      assertThat(tail.await("records", (any) -> true)).isEqualTo("[{\"_msg\":\"only this\"}]");
    }
  }

  @Test
  void events_withExtraFilters_matchThemToo() {
    try (EventStream tail =
        new EventStream(
            port,
            "/api/v1/tail?extra_filters={f}&query={q}",
            "{\"_msg\":\"wanted\"}",
            "app:=tail4 | fields _msg")) {
      sender.send("tail4", "unwanted", "wanted");
      assertThat(tail.await("records", (any) -> true)).isEqualTo("[{\"_msg\":\"wanted\"}]");
    }
  }

  @Test
  void events_ofAnInvalidQuery_areRefusedWithThePosition() {
    var answer = new Api(port).get("/api/v1/tail?query=" + encode("error and ("));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"code\":\"query_syntax\"", "\"line\":1", "\"column\":");
    var stats = new Api(port).get("/api/v1/tail?query=" + encode("* | stats count() n"));
    assertThat(stats.statusCode()).isEqualTo(400);
    assertThat(stats.body()).contains("stats");
  }

  @Test
  void events_ofAnUnknownView_areRefused() {
    var answer = new Api(port).get("/api/v1/tail?query=*&taken=perhaps");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"code\":\"invalid_parameter\"", "none, also or only");
  }

  @Test
  void disconnect_whileRecordsFlow_leavesNothingBehind() {
    int before = hub.subscribers();
    EventStream tail = new EventStream(port, "/api/v1/tail?query={q}", "app:=tail4");
    assertThat(hub.subscribers()).isEqualTo(before + 1);
    tail.close();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              sender.send("tail4", "anybody there?");
              return hub.subscribers() == before;
            });
  }

  @Test
  void lines_areOneJsonObjectEach() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      String request =
          "GET /select/logsql/tail?query=%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
              .formatted(encode("app:=tail5"));
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(in.readLine()).contains("200");
      String line = in.readLine();
      boolean lines = false;
      while (!line.isEmpty()) {
        lines |=
            line.toLowerCase(java.util.Locale.ROOT)
                .startsWith("content-type: application/x-ndjson");
        line = in.readLine();
      }
      assertThat(lines).isTrue();
      sender.send("tail5", "grüße");
      while (!line.contains("grüße")) {
        line = in.readLine();
      }
      assertThat(TailJson.read(("[" + line + "]").getBytes(StandardCharsets.UTF_8)).getFirst())
          .containsEntry("_msg", "grüße");
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
