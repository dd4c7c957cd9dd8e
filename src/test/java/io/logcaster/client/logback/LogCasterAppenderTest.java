package io.logcaster.client.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import io.logcaster.Api;
import io.logcaster.RunningServer;
import io.logcaster.TcpPort;
import io.logcaster.client.ClientMetrics;
import io.logcaster.ingest.Input;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.MarkerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The appender as Logback's own configuration sets it up, against a running server. */
@RunningServer
class LogCasterAppenderTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Api api;
  private final JsonMapper json;
  private final int tcpPort;

  LogCasterAppenderTest(
      @LocalServerPort int port, @Autowired JsonMapper json, @Autowired List<Input> inputs) {
    this.api = new Api(port);
    this.json = json;
    this.tcpPort = TcpPort.of(inputs);
  }

  private static LoggerContext configure(String settings) throws JoranException {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    String xml =
        """
        <configuration>
          <appender name="LOGCASTER" class="io.logcaster.client.logback.LogCasterAppender">
            %s
          </appender>
          <root level="DEBUG"><appender-ref ref="LOGCASTER"/></root>
        </configuration>
        """
            .formatted(settings);
    configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    return context;
  }

  private static LogCasterAppender appender(LoggerContext context) {
    return (LogCasterAppender) context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("LOGCASTER");
  }

  private List<JsonNode> find(String query) {
    String body =
        api.get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)).body();
    return body.lines().map(json::readTree).toList();
  }

  @Test
  void event_isStoredAsOneRecordWithAllItsData() throws JoranException {
    LoggerContext context =
        configure(
            """
            <server>127.0.0.1:%d</server>
            <field>app=appender-test</field>
            <field>stage = test</field>
            <linger>10 milliseconds</linger>
            <queueSize>4MB</queueSize>
            <overflow>BLOCK</overflow>
            <includeCaller>true</includeCaller>
            """
                .formatted(tcpPort));
    Logger log = context.getLogger("com.example.Shop");
    context.getMDCAdapter().put("request_id", "r-17");
    log.atWarn()
        .addMarker(MarkerFactory.getMarker("AUDIT"))
        .addKeyValue("order", 4711)
        .addKeyValue("nothing", (Object) null)
        .setCause(new IllegalStateException("no stock", new IOException("disk")))
        .log("order {} failed", 4711);
    context.stop();

    List<JsonNode> found = find("app:=appender-test");
    assertThat(found).hasSize(1);
    JsonNode record = found.get(0);
    assertThat(record.path("_msg").asString()).isEqualTo("order 4711 failed");
    assertThat(record.path("level").asString()).isEqualTo("WARN");
    assertThat(record.path("logger").asString()).isEqualTo("com.example.Shop");
    assertThat(record.path("thread").asString()).isEqualTo(Thread.currentThread().getName());
    assertThat(record.path("marker").asString()).isEqualTo("AUDIT");
    assertThat(record.path("order").asString()).isEqualTo("4711");
    assertThat(record.has("nothing")).isFalse();
    assertThat(record.path("request_id").asString()).isEqualTo("r-17");
    assertThat(record.path("stage").asString()).isEqualTo("test");
    assertThat(record.path("caller.method").asString())
        .isEqualTo("event_isStoredAsOneRecordWithAllItsData");
    assertThat(record.path("exception.type").asString())
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(record.path("exception.message").asString()).isEqualTo("no stock");
    assertThat(record.path("exception.stacktrace").asString())
        .contains("\n\tat " + getClass().getName())
        .contains("Caused by: java.io.IOException: disk");
  }

  @Test
  void unavailableServer_isReportedOnceAndBlocksNothing() throws Exception {
    int nobody;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = unused.getLocalPort();
    }
    LoggerContext context =
        configure(
            """
            <server>127.0.0.1:%d</server>
            <queueSize>64KB</queueSize>
            <batchSize>16KB</batchSize>
            <closeTimeout>10 milliseconds</closeTimeout>
            """
                .formatted(nobody));
    Logger log = context.getLogger("com.example.Shop");
    LogCasterAppender appender = appender(context);
    String text = "x".repeat(1_000);
    for (int i = 0; i < 1_000; i++) {
      log.info(text);
    }
    Awaitility.await().atMost(PATIENCE).until(() -> !warnings(context, "No connection").isEmpty());
    context.stop();

    ClientMetrics metrics = appender.metrics();
    assertThat(metrics.dropped()).isEqualTo(1_000);
    assertThat(warnings(context, "No connection")).hasSize(1);
    assertThat(warnings(context, "127.0.0.1:" + nobody)).isNotEmpty();
    assertThat(warnings(context, "the queue is full")).isNotEmpty();
    assertThat(warnings(context, "1000 events were dropped")).hasSize(1);
  }

  @Test
  void invalidSetting_isReportedAndTheApplicationContinues() throws JoranException {
    LoggerContext context =
        configure(
            "<server>127.0.0.1:nonsense</server><field>nothing</field><tls>true</tls>"
                + "<certificates>/no/such/file.pem</certificates>");
    context.getLogger("com.example.Shop").info("still here");

    assertThat(appender(context).isStarted()).isFalse();
    assertThat(warnings(context, "127.0.0.1:nonsense")).hasSize(1);
    assertThat(warnings(context, "name=value")).hasSize(1);
    assertThat(warnings(context, "/no/such/file.pem")).isNotEmpty();
    context.stop();
  }

  private static List<Status> warnings(LoggerContext context, String text) {
    return context.getStatusManager().getCopyOfStatusList().stream()
        .filter((status) -> status.getLevel() >= Status.WARN && status.getMessage().contains(text))
        .toList();
  }
}
