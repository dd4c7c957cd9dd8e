package io.logcaster.ingest.clients;

import static net.logstash.logback.argument.StructuredArguments.keyValue;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._helpers.bulk.BulkIngester;
import com.github.loki4j.logback.Loki4jAppender;
import com.github.loki4j.logback.PipelineConfigAppenderBase;
import de.siegmar.logbackgelf.GelfEncoder;
import de.siegmar.logbackgelf.GelfTcpAppender;
import io.logcaster.Api;
import io.logcaster.RunningServer;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.resources.Resource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.logstash.logback.appender.LogstashTcpSocketAppender;
import net.logstash.logback.encoder.LogstashEncoder;
import org.apache.catalina.connector.Connector;
import org.fluentd.logger.FluentLogger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The libraries that Java programs log with, each sending records of unusual content: every one
 * arrives once, with its message, level, time and fields.
 */
@RunningServer
class JavaClientsTest {

  @LocalServerPort private int port;

  @Autowired private WebServerApplicationContext server;

  private Api api;
  private int tcpPort;
  private long now;

  @BeforeEach
  void open() {
    api = new Api(port);
    for (JsonNode input :
        new JsonMapper().readTree(api.get("/api/v1/inputs").body()).get("inputs")) {
      if (input.path("id").asString().equals("tcp")) {
        tcpPort = URI.create("tcp://" + input.path("address").asString()).getPort();
      }
    }
    now = System.currentTimeMillis();
  }

  private Arrivals arrivals(String mark) {
    return new Arrivals(api, mark, now);
  }

  /** Logs all records to an appender, which is started here. */
  private static void log(
      LoggerContext context, Appender<ILoggingEvent> appender, String mark, boolean fields) {
    appender.setContext(context);
    appender.start();
    Logger logger = context.getLogger("com.example.Shop");
    logger.setLevel(ch.qos.logback.classic.Level.TRACE);
    logger.addAppender(appender);
    for (int n = 0; n < UnusualRecords.COUNT; n++) {
      var event =
          logger
              .atLevel(Level.valueOf(UnusualRecords.level(n)))
              .setMessage(UnusualRecords.message(mark, n));
      if (fields) {
        for (var field : UnusualRecords.fields(n).entrySet()) {
          event = event.addArgument(keyValue(field.getKey(), field.getValue()));
        }
      }
      event.log();
    }
    context.stop();
  }

  private static LoggerContext context() {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    return context;
  }

  @Test
  void logstashEncoder_overTcp() {
    LoggerContext context = context();
    LogstashEncoder encoder = new LogstashEncoder();
    encoder.setContext(context);
    encoder.setCustomFields("{\"app\":\"shop\",\"hostname\":\"web-1\"}");
    LogstashTcpSocketAppender appender = new LogstashTcpSocketAppender();
    appender.addDestination("127.0.0.1:" + tcpPort);
    appender.setEncoder(encoder);
    Arrivals arrivals = arrivals("logstashtcp");
    log(context, appender, "logstashtcp", true);
    arrivals.expectEach(
        (n, record) -> {
          Arrivals.expectFields(n, record);
          Arrivals.expectOrigin(record, "web-1", "shop");
          arrivals.expectPresent(record);
        });
  }

  @Test
  void logbackGelf_overTcp() {
    LoggerContext context = context();
    GelfEncoder encoder = new GelfEncoder();
    encoder.setContext(context);
    encoder.setOriginHost("web-1");
    encoder.addStaticField("app:shop");
    encoder.start();
    GelfTcpAppender appender = new GelfTcpAppender();
    appender.setGraylogHost("127.0.0.1");
    appender.setGraylogPort(tcpPort);
    appender.setEncoder(encoder);
    Arrivals arrivals = arrivals("logbackgelf");
    log(context, appender, "logbackgelf", false);
    arrivals.expectEach(
        (n, record) -> {
          Arrivals.expectOrigin(record, "web-1", "shop");
          arrivals.expectPresent(record);
        });
  }

  @Test
  void loki4j() {
    LoggerContext context = context();
    Loki4jAppender appender = new Loki4jAppender();
    var http = new PipelineConfigAppenderBase.HttpCfg();
    http.setUrl("http://127.0.0.1:" + port + "/loki/api/v1/push");
    appender.setHttp(http);
    appender.setLabels("app=shop\nlevel=%level");
    PatternLayout layout = new PatternLayout();
    layout.setContext(context);
    layout.setPattern("%msg%nopex");
    layout.start();
    appender.setMessage(layout);
    Arrivals arrivals = arrivals("loki4j");
    log(context, appender, "loki4j", false);
    arrivals.expectEach(
        (n, record) -> {
          Arrivals.expectOrigin(record, "", "shop");
          arrivals.expectPresent(record);
        });
  }

  @Test
  void openTelemetry_protobufOverHttp() {
    openTelemetry(
        "otlp",
        OtlpHttpLogRecordExporter.builder()
            .setEndpoint("http://127.0.0.1:" + port + "/v1/logs")
            .setCompression("gzip")
            .setTimeout(Duration.ofMinutes(1))
            .build());
  }

  @Test
  void openTelemetry_overGrpc() {
    openTelemetry(
        "grpc",
        OtlpGrpcLogRecordExporter.builder()
            .setEndpoint("http://127.0.0.1:" + grpcPort())
            .setCompression("gzip")
            .setTimeout(Duration.ofMinutes(1))
            .build());
  }

  @Test
  void portOfGrpc_servesNothingElse() {
    Api beside = new Api(grpcPort());

    for (String path : List.of("/", "/api/v1/transforms", "/actuator/health", "/api/v1/query")) {
      assertThat(beside.get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  /** The port beside that of HTTP. */
  private int grpcPort() {
    return Stream.of(
            ((TomcatWebServer) server.getWebServer()).getTomcat().getService().findConnectors())
        .mapToInt(Connector::getLocalPort)
        .filter((number) -> number != port)
        .findFirst()
        .orElseThrow();
  }

  private void openTelemetry(String mark, LogRecordExporter exporter) {
    var processor =
        BatchLogRecordProcessor.builder(exporter)
            .setMaxQueueSize(UnusualRecords.COUNT)
            .setExporterTimeout(Duration.ofMinutes(1))
            .build();
    var resource =
        Resource.create(
            Attributes.builder().put("service.name", "shop").put("host.name", "web-1").build());
    Arrivals arrivals = arrivals(mark);
    try (SdkLoggerProvider provider =
        SdkLoggerProvider.builder()
            .setResource(resource)
            .addLogRecordProcessor(processor)
            .build()) {
      var logger = provider.get("com.example.Shop");
      for (int n = 0; n < UnusualRecords.COUNT; n++) {
        logger
            .logRecordBuilder()
            .setTimestamp(UnusualRecords.millis(now, n), TimeUnit.MILLISECONDS)
            .setSeverity(Severity.valueOf(UnusualRecords.level(n)))
            .setSeverityText(UnusualRecords.level(n))
            .setBody(UnusualRecords.message(mark, n))
            .setAttribute("num", (long) n)
            .setAttribute("path", "C:\\x\t\"y\"")
            .emit();
      }
    }
    arrivals.expectEach(
        (n, record) -> {
          Arrivals.expectOrigin(record, "web-1", "shop");
          arrivals.expectTime(n, record);
        });
  }

  @Test
  void elasticsearchClient_inBulk() throws Exception {
    Arrivals arrivals = arrivals("esbulk");
    try (ElasticsearchClient client =
            ElasticsearchClient.of((of) -> of.host("http://127.0.0.1:" + port));
        BulkIngester<Void> ingester =
            BulkIngester.of(
                (of) -> of.client(client).maxOperations(500).maxConcurrentRequests(2))) {
      for (int n = 0; n < UnusualRecords.COUNT; n++) {
        Map<String, Object> document = new HashMap<>(UnusualRecords.fields(n));
        document.put("@timestamp", Instant.ofEpochMilli(UnusualRecords.millis(now, n)).toString());
        document.put("message", UnusualRecords.message("esbulk", n));
        document.put("log", Map.of("level", UnusualRecords.level(n)));
        document.put("host", Map.of("name", "web-1"));
        document.put("service", Map.of("name", "shop"));
        ingester.add(
            (operation) -> operation.create((to) -> to.index("logs-shop").document(document)));
      }
    }
    arrivals.expectEach(
        (n, record) -> {
          Arrivals.expectFields(n, record);
          Arrivals.expectOrigin(record, "web-1", "shop");
          arrivals.expectTime(n, record);
        });
  }

  @Test
  void fluentLogger_overTheForwardProtocol() {
    Arrivals arrivals = arrivals("fluentd");
    FluentLogger logger = FluentLogger.getLogger("shop", "127.0.0.1", tcpPort);
    for (int n = 0; n < UnusualRecords.COUNT; n++) {
      Map<String, Object> record = new HashMap<>(UnusualRecords.fields(n));
      record.put("message", UnusualRecords.message("fluentd", n));
      record.put("level", UnusualRecords.level(n));
      logger.log("api", record, UnusualRecords.millis(now, n) / 1_000);
    }
    logger.flush();
    logger.close();
    arrivals.expectEach(
        (n, record) -> {
          Arrivals.expectFields(n, record);
          assertThat(record.path("tag").asString("")).isEqualTo("shop.api");
        });
  }
}
