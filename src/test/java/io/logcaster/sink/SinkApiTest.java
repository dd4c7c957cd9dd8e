package io.logcaster.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.Api;
import io.logcaster.RunningServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sinks over the HTTP API of a running server, with files as receivers. */
@RunningServer
class SinkApiTest {

  private static final String SINKS = "/api/v1/sinks";

  private static final String JSON = "application/json";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final String app = "sinks" + NUMBER.incrementAndGet();
  private final Api api;
  private final Path files;
  private String id = "";

  SinkApiTest(@LocalServerPort int port, @Value("${logcaster.data.dir}") Path data) {
    api = new Api(port);
    files = data.resolve("export");
  }

  @AfterEach
  void delete() {
    if (!id.isEmpty()) {
      api.delete(SINKS + "/" + id);
    }
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }

  private String body(String more) {
    return quoted(
        "{'name':'%1$s','type':'file','filter':'app:=%1$s','options':{'path':'%1$s.log'}%2$s}"
            .formatted(app, more));
  }

  private JsonNode create() {
    HttpResponse<String> answer = api.post(SINKS, JSON, body(""));
    assertThat(answer.statusCode()).isEqualTo(201);
    JsonNode sink = MAPPER.readTree(answer.body());
    id = sink.path("id").stringValue();
    return sink;
  }

  private JsonNode sink() {
    return MAPPER.readTree(api.get(SINKS + "/" + id).body());
  }

  private HttpResponse<String> act(String action, String json) {
    return api.post(SINKS + "/" + id + "/" + action, JSON, quoted(json));
  }

  private void send(String message) {
    api.post("/api/v1/records", JSON, quoted("{'_msg':'" + message + "','app':'" + app + "'}"));
  }

  private String file() throws IOException {
    Path file = files.resolve(app + ".log");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private void awaitFile(String text, int times) {
    await()
        .untilAsserted(
            () -> {
              act("flush", "");
              assertThat(file().split(text, -1)).hasSize(times + 1);
            });
  }

  @Test
  void sink_isCreated_shown_changedAndDeleted() {
    JsonNode sink = create();
    assertThat(sink.path("state").stringValue()).isIn("running", "replaying");
    assertThat(api.get(SINKS).body()).contains("\"" + id + "\"");

    HttpResponse<String> changed =
        api.put(SINKS + "/" + id, JSON, body(",'batchSize':7,'enabled':false"));
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(sink().path("batchSize").intValue()).isEqualTo(7);
    assertThat(sink().path("state").stringValue()).isEqualTo("disabled");
    assertThat(act("flush", "").statusCode()).isEqualTo(409);

    assertThat(api.delete(SINKS + "/" + id).statusCode()).isEqualTo(204);
    assertThat(api.get(SINKS + "/" + id).statusCode()).isEqualTo(404);
  }

  @Test
  void pausedSink_sendsNothingUntilItIsResumed() {
    create();
    assertThat(act("pause", "").statusCode()).isEqualTo(200);
    send("while paused");
    await().untilAsserted(() -> assertThat(sink().path("queued").longValue()).isEqualTo(1));
    assertThat(sink().path("state").stringValue()).isEqualTo("paused");

    assertThat(act("resume", "").statusCode()).isEqualTo(200);

    awaitFile("while paused", 1);
    await().untilAsserted(() -> assertThat(sink().path("queued").longValue()).isZero());
  }

  @Test
  void replay_sendsWhatIsStored() {
    send("before the sink");
    create();

    HttpResponse<String> answer = act("replay", "{'from':'1h'}");

    assertThat(answer.statusCode()).isEqualTo(202);
    awaitFile("before the sink", 1);
    assertThat(act("replay", "{'from':'soon'}").statusCode()).isEqualTo(400);
    assertThat(act("replay", "{}").body()).contains("'from' is required");
  }

  @Test
  void test_sendsARecordThatSaysSo() throws IOException {
    create();

    assertThat(act("test", "").body()).isEqualTo("{\"delivered\":true}");

    assertThat(file()).contains("This is a test of sink '" + app + "'");
  }

  @Test
  void deadLetters_areEmpty_andUnknownOnesAreSaidToBe() {
    create();

    assertThat(api.get(SINKS + "/" + id + "/dead-letters").body()).isEqualTo("[]");
    assertThat(act("dead-letters/7/resend", "").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'file','options':{'path':'a.log'}} | name",
        "{'name':'a','type':'fax'} | must be one of file http",
        "{'name':'a','type':'file'} | options.path",
        "{'name':'a','type':'file','options':{'path':'../a.log'}} | options.path",
        "{'name':'a','type':'file','options':{'path':'a.log','colour':'red'}} | options.colour",
        "{'name':'a','type':'file','filter':'(','options':{'path':'a.log'}} | filter",
        "{'name':'a','type':'file','from':'soon','options':{'path':'a.log'}} | from",
        "{'name':'a','type':'file','linger':'x','options':{'path':'a.log'}} | linger",
        "{'name':'a','type':'file','queue':{'whenFull':'burn'},'options':{'path':'a.log'}} |"
            + " whenFull",
        "{'name':'a','type':'http','options':{'url':'ftp://x/'}} | options.url",
      })
  void wrongSink_isRefusedAndNamed(String sink, String part) {
    HttpResponse<String> answer = api.post(SINKS, JSON, quoted(sink));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(part);
  }

  @Test
  void secrets_areMasked_andStayWhenTheMaskComesBack() {
    String json =
        "{'name':'%s','type':'http','enabled':false,"
            + "'options':{'url':'http://127.0.0.1:9/','token':'%s'}}";
    JsonNode sink =
        MAPPER.readTree(api.post(SINKS, JSON, quoted(json.formatted(app, "hush-hush"))).body());
    id = sink.path("id").stringValue();
    String mask = sink.path("options").path("token").stringValue();

    assertThat(mask).isNotEmpty().doesNotContain("hush");
    HttpResponse<String> kept = api.put(SINKS + "/" + id, JSON, quoted(json.formatted(app, mask)));
    assertThat(kept.statusCode()).isEqualTo(200);
    HttpResponse<String> moved =
        api.put(
            SINKS + "/" + id,
            JSON,
            quoted(json.formatted(app, mask).replace("127.0.0.1", "127.0.0.2")));
    assertThat(moved.statusCode()).isEqualTo(400);
    assertThat(moved.body()).contains("must be given again");
  }
}
