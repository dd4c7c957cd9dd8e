package io.logcaster.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.logcaster.LogCasterApplication;
import io.logcaster.system.OpenStreams;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole server with a certificate, a user, tokens and additional listeners. */
@Execution(ExecutionMode.SAME_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredServerTest {

  private static final String INGEST = "an-ingest-token-of-length";

  private static final String QUERY = "a-query-token-of-some-length";

  private static final List<String> STREAMS =
      List.of(
          "/api/v1/tail?query=*",
          "/select/logsql/tail?query=*",
          "/api/v1/metrics/stream",
          "/api/v1/alerts/stream");

  private static final String OPS =
      "Basic "
          + Base64.getEncoder().encodeToString("ops:secret".getBytes(StandardCharsets.US_ASCII));

  private final JsonMapper json = new JsonMapper();
  @TempDir static Path dir;
  private ServletWebServerApplicationContext server;
  private Certificates certificates;
  private HttpClient client;

  @BeforeAll
  void start() throws Exception {
    certificates = new Certificates(dir, "localhost");
    server =
        (ServletWebServerApplicationContext)
            SpringApplication.run(
                LogCasterApplication.class,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--logcaster.tcp.port=0",
                "--logcaster.udp.port=-1",
                "--logcaster.otlp.grpc-port=0",
                "--logcaster.data.dir=" + dir.resolve("data"),
                "--logcaster.streams.heartbeat=200ms",
                "--logcaster.storage.type=memory",
                "--logcaster.tls.certificate=" + certificates.certificate(dir.resolve("c.pem")),
                "--logcaster.tls.key=" + certificates.key(dir.resolve("k.pem")),
                "--logcaster.security.username=ops",
                "--logcaster.security.password=secret",
                "--logcaster.security.tokens[0].name=shipper",
                "--logcaster.security.tokens[0].token=" + INGEST,
                "--logcaster.security.tokens[1].name=reader",
                "--logcaster.security.tokens[1].token=" + QUERY,
                "--logcaster.security.tokens[1].scope=query",
                "--logcaster.listeners[0].port=0",
                "--logcaster.listeners[0].name=branch",
                "--logcaster.listeners[0].protocol=raw",
                "--logcaster.listeners[0].tls=required",
                "--logcaster.listeners[0].fields.site=berlin",
                "--logcaster.listeners[1].port=0",
                "--logcaster.listeners[1].name=datagrams",
                "--logcaster.listeners[1].transport=udp");
    client = HttpClient.newBuilder().sslContext(certificates.client()).build();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private HttpResponse<String> send(
      String method, String path, String authorization, String type, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("https://127.0.0.1:" + server.getWebServer().getPort() + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, BodyPublishers.ofString(body));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, String authorization)
      throws IOException, InterruptedException {
    return send("GET", path, authorization, "", "");
  }

  private int status(String method, String path, String authorization)
      throws IOException, InterruptedException {
    return send(method, path, authorization, "application/json", "{\"_msg\":\"x\"}").statusCode();
  }

  @Test
  void probesNeedNothing_butTls() throws Exception {
    assertThat(get("/actuator/health/liveness", "").statusCode()).isEqualTo(200);
    JsonNode health = json.readTree(get("/actuator/health", OPS).body());
    assertThat(health.at("/components/tls/status").asString()).isEqualTo("UP");
    assertThat(health.at("/components/branchInput/status").asString()).isEqualTo("UP");
  }

  /** OpenTelemetry's own client, over TLS and HTTP/2. */
  @Test
  void openTelemetryOverGrpc_needsTheCertificateAndAToken() throws Exception {
    assertThat(export("Bearer " + QUERY).isSuccess()).isFalse();
    assertThat(export("Bearer " + INGEST).isSuccess()).isTrue();
    String found =
        send("GET", "/api/v1/query?query=%22sent+over+grpc%22", "Bearer " + QUERY, "", "").body();
    assertThat(found.lines()).hasSize(1);
  }

  @SuppressWarnings("deprecation") // the only way to give this sender a certificate to trust
  private CompletableResultCode export(String authorization) throws Exception {
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress(
                "127.0.0.1",
                grpcPort(),
                TlsChannelCredentials.newBuilder()
                    .trustManager(certificates.certificate(dir.resolve("trusted.pem")).toFile())
                    .build())
            .build();
    OtlpGrpcLogRecordExporter exporter =
        OtlpGrpcLogRecordExporter.builder()
            .setChannel(channel)
            .addHeader("Authorization", authorization)
            .setTimeout(Duration.ofSeconds(60))
            .build();
    List<CompletableResultCode> results = new ArrayList<>();
    LogRecordProcessor processor =
        (context, record) -> results.add(exporter.export(List.of(record.toLogRecordData())));
    try (exporter;
        SdkLoggerProvider provider =
            SdkLoggerProvider.builder().addLogRecordProcessor(processor).build()) {
      provider.get("com.example.Shop").logRecordBuilder().setBody("sent over grpc").emit();
      return results.getFirst().join(60, TimeUnit.SECONDS);
    } finally {
      channel.shutdownNow();
    }
  }

  /** The port that is neither of the console. */
  private int grpcPort() {
    var tomcat = ((TomcatWebServer) server.getWebServer()).getTomcat();
    return Stream.of(tomcat.getService().findConnectors())
        .mapToInt(Connector::getLocalPort)
        .filter((number) -> number != server.getWebServer().getPort())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void tokens_permitOnlyTheirScope() throws Exception {
    String ingest = "Bearer " + INGEST;
    String query = "Bearer " + QUERY;
    assertThat(status("POST", "/api/v1/records", ingest)).isEqualTo(200);
    assertThat(status("POST", "/api/v1/records", query)).isEqualTo(403);
    assertThat(get("/api/v1/metrics", query).statusCode()).isEqualTo(200);
    assertThat(get("/api/v1/metrics", ingest).statusCode()).isEqualTo(403);
    assertThat(get("/api/v1/tokens", query).statusCode()).isEqualTo(403);
    assertThat(get("/api/v1/metrics", "").statusCode()).isEqualTo(401);
    assertThat(status("POST", "/api/v1/records", OPS)).isEqualTo(200);
  }

  @Test
  void refusals_haveTheFormOfTheProtocol() throws Exception {
    HttpResponse<String> absent = send("POST", "/services/collector", "", "application/json", "{}");
    assertThat(absent.statusCode()).isEqualTo(401);
    assertThat(json.readTree(absent.body()).path("code").asInt()).isEqualTo(2);
    HttpResponse<String> wrong =
        send("POST", "/services/collector", "Splunk nobody", "application/json", "{}");
    assertThat(wrong.statusCode()).isEqualTo(403);
    assertThat(json.readTree(wrong.body()).path("code").asInt()).isEqualTo(4);
    HttpResponse<String> malformed =
        send("POST", "/services/collector", "nobody", "application/json", "{}");
    assertThat(json.readTree(malformed.body()).path("code").asInt()).isEqualTo(3);

    HttpResponse<String> bulk = send("POST", "/logs/_bulk", "ApiKey x", "application/json", "{}");
    assertThat(bulk.statusCode()).isEqualTo(401);
    assertThat(bulk.headers().firstValue("X-Elastic-Product")).hasValue("Elasticsearch");
    assertThat(json.readTree(bulk.body()).at("/error/type").asString())
        .isEqualTo("security_exception");

    HttpResponse<String> otlp = send("POST", "/v1/logs", "", "application/json", "{}");
    assertThat(json.readTree(otlp.body()).path("code").asInt()).isEqualTo(16);

    HttpResponse<String> loki = send("POST", "/loki/api/v1/push", "", "application/json", "{}");
    assertThat(loki.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");

    HttpResponse<String> own = send("POST", "/api/v1/records", "", "application/json", "{}");
    assertThat(json.readTree(own.body()).path("code").asString()).isEqualTo("unauthorized");
    assertThat(own.headers().firstValue("WWW-Authenticate")).isPresent();
  }

  @Test
  void tokenCreatedOverTheApi_isShownOnce_worksAtOnce_andCanBeRevoked() throws Exception {
    HttpResponse<String> made =
        send(
            "POST",
            "/api/v1/tokens",
            OPS,
            "application/json",
            "{\"name\":\"ci\",\"scopes\":[\"ingest\",\"query\"]}");
    assertThat(made.statusCode()).isEqualTo(201);
    JsonNode token = json.readTree(made.body());
    String bearer = "Bearer " + token.path("token").asString();
    assertThat(status("POST", "/api/v1/records", bearer)).isEqualTo(200);
    assertThat(get("/api/v1/metrics", bearer).statusCode()).isEqualTo(200);
    assertThat(get("/api/v1/tokens", OPS).body())
        .contains("\"name\":\"ci\"")
        .doesNotContain(token.path("token").asString());
    assertThat(
            send("POST", "/api/v1/tokens", OPS, "application/json", "{\"name\":\"ci\"}")
                .statusCode())
        .isEqualTo(409);

    String path = "/api/v1/tokens/" + token.path("id").asString();
    assertThat(send("DELETE", path, OPS, "", "").statusCode()).isEqualTo(204);
    assertThat(status("POST", "/api/v1/records", bearer)).isEqualTo(401);
    assertThat(send("DELETE", path, OPS, "", "").statusCode()).isEqualTo(404);
    HttpResponse<String> nameless =
        send("POST", "/api/v1/tokens", OPS, "application/json", "{\"scopes\":[\"all\"]}");
    assertThat(nameless.statusCode()).isEqualTo(400);
  }

  @Test
  void revokedToken_closesItsStreams() throws Exception {
    JsonNode token =
        json.readTree(
            send(
                    "POST",
                    "/api/v1/tokens",
                    OPS,
                    "application/json",
                    "{\"name\":\"watcher\",\"scopes\":[\"query\"]}")
                .body());
    String bearer = "Bearer " + token.path("token").asString();
    List<InputStream> streams = new ArrayList<>();
    for (String path : STREAMS) {
      streams.add(open(path, bearer));
    }
    InputStream other = open(STREAMS.getFirst(), "Bearer " + QUERY);
    await().untilAsserted(() -> assertThat(openStreams()).isEqualTo(STREAMS.size() + 1));

    send("DELETE", "/api/v1/tokens/" + token.path("id").asString(), OPS, "", "");

    for (InputStream stream : streams) {
      stream.readAllBytes(); // returns when the server has ended it
    }
    await().untilAsserted(() -> assertThat(openStreams()).isEqualTo(1));
    other.close();
    await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(openStreams()).isZero());
  }

  @Test
  void headRequestOfAStream_isAnsweredAndNeedsNoPlace() throws Exception {
    for (String path : STREAMS) {
      HttpResponse<String> head = send("HEAD", path, OPS, "", "");
      assertThat(head.statusCode()).as(path).isEqualTo(200);
      assertThat(head.headers().firstValue("Content-Type").orElse(""))
          .containsAnyOf("event-stream", "ndjson");
    }
    assertThat(server.getBean(OpenStreams.class).count()).isZero();
  }

  private int openStreams() {
    return server.getBean(OpenStreams.class).count();
  }

  private InputStream open(String path, String authorization) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("https://127.0.0.1:" + server.getWebServer().getPort() + path))
            .header("Authorization", authorization)
            .build();
    HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void listener_requiresTls_andAddsItsFields() throws Exception {
    JsonNode inputs = json.readTree(get("/api/v1/inputs", OPS).body()).path("inputs");
    JsonNode branch =
        inputs
            .valueStream()
            .filter((i) -> i.path("id").asString().equals("branch"))
            .findAny()
            .get();
    assertThat(branch.path("protocol").asString()).isEqualTo("raw");
    String address = branch.path("address").asString();
    int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    try (Socket socket =
        certificates
            .client()
            .getSocketFactory()
            .createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write("{\"not\":\"json here\"}\n".getBytes(StandardCharsets.US_ASCII));
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(get("/api/v1/query?query=site:=berlin", OPS).body())
                    .contains("{\\\"not\\\":"));
  }
}
