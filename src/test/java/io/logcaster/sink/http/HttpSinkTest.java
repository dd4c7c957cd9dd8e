package io.logcaster.sink.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkContexts;
import io.logcaster.sink.SinkContract;
import io.logcaster.sink.SinkException;
import io.logcaster.sink.SinkOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HttpSinkTest extends SinkContract {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path directory;

  private HttpServer server;
  private volatile int status = 200;
  private volatile String answer = "{}";
  private volatile String retryAfter = "";
  private final List<String> bodies = new ArrayList<>();
  private final List<Map<String, String>> requests = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    if (packed) {
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    if (status == 200) {
      synchronized (bodies) {
        bodies.add(new String(body, StandardCharsets.UTF_8));
        Map<String, String> request = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange
            .getRequestHeaders()
            .forEach((name, values) -> request.put(name, values.getFirst()));
        request.put("path", exchange.getRequestURI().toString());
        requests.add(request);
      }
    }
    byte[] text = answer.getBytes(StandardCharsets.UTF_8);
    if (!retryAfter.isEmpty()) {
      exchange.getResponseHeaders().set("Retry-After", retryAfter);
    }
    exchange.sendResponseHeaders(status, text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  @Override
  protected Sink open() {
    return open(Map.of());
  }

  private Sink open(Map<String, Object> more) {
    Map<String, Object> options = new TreeMap<>(more);
    options.putIfAbsent("url", "http://127.0.0.1:" + server.getAddress().getPort() + "/in");
    HttpSinkType type = new HttpSinkType();
    return type.open(SinkOptions.of(type.options(), options), SinkContexts.in(directory));
  }

  @Override
  protected List<String> received(int atLeast) {
    synchronized (bodies) {
      return bodies.stream()
          .flatMap(String::lines)
          .map((line) -> JSON.readTree(line).path("_msg").stringValue())
          .toList();
    }
  }

  @Override
  protected void fail() {
    status = 503;
  }

  @Override
  protected void mend() {
    status = 200;
  }

  private static void round(Sink sink) throws SinkException {
    sink.begin(0);
    sink.write(batch(0, 3));
    sink.flush();
  }

  private SinkException failure(Map<String, Object> options) throws SinkException {
    try (Sink sink = open(options)) {
      return catchThrowableOfType(SinkException.class, () -> round(sink));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, PERMANENT",
    "413, PERMANENT",
    "422, PERMANENT",
    "401, TEMPORARY",
    "404, TEMPORARY",
    "429, TEMPORARY",
    "500, TEMPORARY",
    "503, TEMPORARY",
    "302, TEMPORARY"
  })
  void status_decidesWhetherToTryAgain(int answered, SinkException.Kind kind) throws Exception {
    status = answered;
    answer = "what was wrong";

    assertThat(failure(Map.of()).kind()).isEqualTo(kind);
    assertThat(failure(Map.of())).hasMessageContaining(answered + ": what was wrong");
  }

  @Test
  void retryAfter_isPassedOn() throws Exception {
    status = 429;
    retryAfter = "7";

    assertThat(failure(Map.of()).retryAfter()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void linkLocalAddress_isNotConnectedTo() throws Exception {
    assertThat(failure(Map.of("url", "http://169.254.169.254/latest/meta-data")))
        .hasMessageContaining("169.254.169.254 is link-local");
  }

  @Test
  void bulkItems_thatFailed_areToldApart() throws Exception {
    answer =
        """
        {"errors":true,"items":[{"create":{"status":201}},
        {"create":{"status":400,"error":{"reason":"bad field"}}},{"create":{"status":429}}]}\
        """;
    SinkException failure = failure(Map.of("format", "elasticsearch"));

    assertThat(failure.kind()).isEqualTo(SinkException.Kind.PARTIAL);
    assertThat(failure.refused()).isEqualTo(Map.of(1, "400 bad field"));
    assertThat(failure.retried()).containsOnlyKeys(2);
    assertThat(requests.getFirst()).containsEntry("path", "/in/_bulk");
    assertThat(bodies.getFirst().lines().toList())
        .hasSize(6)
        .startsWith(
            "{\"create\":{\"_index\":\"logs\"}}",
            "{\"@timestamp\":\"2026-11-21T12:00:00Z\",\"message\":\"record 0\","
                + "\"level\":\"INFO\",\"host\":\"web-1\",\"app\":\"shop\",\"n\":\"0\"}");
  }

  @Test
  void loki_getsLinesByLabels() throws Exception {
    try (Sink sink = open(Map.of("format", "loki"))) {
      round(sink);
    }
    JsonNode streams = JSON.readTree(bodies.getFirst()).path("streams");

    assertThat(requests.getFirst()).containsEntry("path", "/in/loki/api/v1/push");
    assertThat(streams).hasSize(2);
    assertThat(streams.path(0).path("stream").toString())
        .isEqualTo("{\"host\":\"web-1\",\"app\":\"shop\",\"level\":\"INFO\"}");
    assertThat(streams.path(0).path("values").toString())
        .isEqualTo(
            "[[\"%d\",\"record 0\",{\"n\":\"0\"}],[\"%d\",\"record 2\",{\"n\":\"2\"}]]"
                .formatted(NOON, NOON + 2));
  }

  @Test
  void otlp_getsRecordsByResource() throws Exception {
    try (Sink sink = open(Map.of("format", "otlp"))) {
      round(sink);
    }
    JsonNode resources = JSON.readTree(bodies.getFirst()).path("resourceLogs");
    JsonNode record = resources.path(0).at("/scopeLogs/0/logRecords/0");

    assertThat(resources).hasSize(3);
    assertThat(resources.path(0).at("/resource/attributes/0/value/stringValue").stringValue())
        .isEqualTo("shop");
    assertThat(record.path("timeUnixNano").stringValue()).isEqualTo(String.valueOf(NOON));
    assertThat(record.path("severityNumber").intValue()).isEqualTo(9);
    assertThat(record.at("/body/stringValue").stringValue()).isEqualTo("record 0");
  }

  @Test
  void splunk_getsEventsAndItsKindOfToken() throws Exception {
    try (Sink sink = open(Map.of("format", "splunk", "token", "secret"))) {
      round(sink);
    }
    assertThat(requests.getFirst()).containsEntry("Authorization", "Splunk secret");
    assertThat(bodies.getFirst().lines().findFirst().orElseThrow())
        .isEqualTo(
            "{\"time\":1795262400.000000000,\"host\":\"web-1\",\"source\":\"shop\","
                + "\"event\":\"record 0\",\"fields\":{\"level\":\"INFO\",\"n\":\"0\"}}");
  }

  @Test
  void template_isFilledInForEachRecord() throws Exception {
    try (Sink sink =
        open(
            Map.of(
                "format", "template",
                "template", "{\"t\":\"${_msg}\",\"n\":${n|raw}}",
                "before", "[",
                "separator", ",",
                "after", "]"))) {
      round(sink);
    }
    assertThat(bodies.getFirst())
        .isEqualTo(
            "[{\"t\":\"record 0\",\"n\":0},{\"t\":\"record 1\",\"n\":1},{\"t\":\"record"
                + " 2\",\"n\":2}]");
  }
}
