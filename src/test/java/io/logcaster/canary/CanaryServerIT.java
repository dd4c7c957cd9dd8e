package io.logcaster.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.LogCasterApplication;
import io.logcaster.query.QueryEngine;
import io.logcaster.security.Certificates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The canary in whole servers. */
@Execution(ExecutionMode.SAME_THREAD)
class CanaryServerIT {

  @TempDir Path dir;

  private ConfigurableApplicationContext start(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--logcaster.tcp.port=0",
                "--logcaster.udp.port=0",
                "--logcaster.host-metrics.enabled=false",
                "--logcaster.self-log.enabled=false",
                "--logcaster.data.dir=" + dir.resolve("data")));
    arguments.addAll(List.of(more));
    return SpringApplication.run(LogCasterApplication.class, arguments.toArray(String[]::new));
  }

  private static List<RouteStats.RouteView> round(ConfigurableApplicationContext server)
      throws Exception {
    server.getBean(Canary.class).round();
    return server.getBean(Canary.class).views();
  }

  private static boolean isRuleOn(ConfigurableApplicationContext server) {
    return server
        .getBean(JdbcClient.class)
        .sql("SELECT enabled FROM alert_rule WHERE id = 'canary'")
        .query(Boolean.class)
        .single();
  }

  @Test
  void round_findsItsRecordThroughEveryInput() throws Exception {
    try (var server =
        start(
            "--logcaster.listeners[0].port=0",
            "--logcaster.listeners[0].name=graylog",
            "--logcaster.listeners[0].protocol=gelf",
            "--logcaster.listeners[1].port=0",
            "--logcaster.listeners[1].name=json",
            "--logcaster.listeners[1].protocol=json",
            "--logcaster.listeners[2].port=0",
            "--logcaster.listeners[2].name=strict",
            "--logcaster.listeners[2].anonymous=false",
            "--logcaster.listeners[3].port=0",
            "--logcaster.listeners[3].name=beats",
            "--logcaster.listeners[3].protocol=lumberjack")) {
      List<RouteStats.RouteView> views = round(server);

      assertThat(views).allSatisfy((view) -> assertThat(view.error()).as(view.route()).isNull());
      assertThat(views)
          .extracting(RouteStats.RouteView::route)
          .containsExactly(
              "graylog/gelf", "http/json", "json/json", "tcp/raw", "tcp/syslog", "udp/syslog");
      assertThat(server.getBean(CanaryRoutes.class).closed()).containsOnlyKeys("strict", "beats");
      assertThat(isRuleOn(server)).isFalse();
    }
  }

  @Test
  void round_withTlsAndCredentials_usesBoth() throws Exception {
    Certificates certificates = new Certificates(dir, "somewhere.example");
    try (var server =
        start(
            "--logcaster.tls.certificate=" + certificates.certificate(dir.resolve("c.pem")),
            "--logcaster.tls.key=" + certificates.key(dir.resolve("k.pem")),
            "--logcaster.security.username=ops",
            "--logcaster.security.password=secret",
            "--logcaster.listeners[0].port=0",
            "--logcaster.listeners[0].name=branch",
            "--logcaster.listeners[0].tls=required")) {
      List<RouteStats.RouteView> views = round(server);

      assertThat(views).allSatisfy((view) -> assertThat(view.error()).as(view.route()).isNull());
      assertThat(views)
          .extracting(RouteStats.RouteView::route)
          .containsExactly(
              "branch/raw",
              "branch/syslog",
              "http/json",
              "tcp/raw",
              "tcp/syslog",
              "tcp/tls",
              "udp/syslog");
    }
  }

  @Test
  void enabled_runsByItself_andSwitchesTheRuleOnce() throws Exception {
    try (var server = start("--logcaster.canary.enabled=true", "--logcaster.canary.interval=1s")) {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> server.getBean(Canary.class).views().size() == 4);
      assertThat(isRuleOn(server)).isTrue();
      assertThat(server.getBean(HealthEndpoint.class).healthForPath("canary").getStatus().getCode())
          .isEqualTo("UP");
      server
          .getBean(JdbcClient.class)
          .sql("UPDATE alert_rule SET enabled = FALSE WHERE id = 'canary'")
          .update();
    }
    try (var server = start("--logcaster.canary.enabled=true")) {
      assertThat(isRuleOn(server)).as("the user's choice stays").isFalse();
    }
    try (var server = start()) {
      assertThat(server.getBean(HealthEndpoint.class).healthForPath("canary")).isNull();
    }
  }

  @Test
  void recordsThatAreFiltered_areReportedAsLost_andTheirReportIsARecord() throws Exception {
    try (var server =
        start("--logcaster.canary.timeout=200ms", "--logcaster.filter.min-level=WARN")) {
      assertThat(round(server)).hasSize(4).allSatisfy((view) -> assertThat(view.lost()).isOne());

      QueryEngine queries = server.getBean(QueryEngine.class);
      await().atMost(Duration.ofMinutes(1)).until(() -> value(queries).equals("4"));
    }
  }

  private static String value(QueryEngine queries) throws IOException {
    return queries
        .rows(
            queries.parse("app:=logcaster-canary canary_lost:* | stats sum(canary_lost) value"),
            Long.MIN_VALUE,
            Long.MAX_VALUE)
        .getFirst()
        .getOrDefault("value", "");
  }
}
