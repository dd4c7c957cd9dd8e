package io.logcaster.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.TestClock;
import io.logcaster.pipeline.Ledger;
import io.logcaster.work.ThreadFailures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LiveMetricsTest {

  private final Ledger ledger = new Ledger();
  private final TestClock clock = new TestClock(Instant.parse("2026-11-21T10:00:00Z"));
  private HostReading host = new HostReading(12.34, 50, 200);
  private final LiveMetrics metrics =
      new LiveMetrics(
          ledger,
          () ->
              new LiveMetrics.Gauges(
                  3,
                  new MetricsSnapshot.Buffer(10, 100),
                  new MetricsSnapshot.Storage(1, 2, 3),
                  MetricsSnapshot.Host.of(host),
                  new MetricsSnapshot.Alerts(1, 2)),
          clock);

  @Test
  void now_hasTheShapeThatClientsRelyOn() {
    ledger.open("tcp").reject("time_out_of_range", 4);
    ledger.open("udp").drop("udp_overflow", 2);

    JsonNode json = JsonMapper.builder().build().valueToTree(metrics.now());

    assertThat(json.get("time").asString()).isEqualTo("2026-11-21T10:00:00Z");
    assertThat(json.get("totals").toString())
        .isEqualTo("{\"received\":6,\"stored\":0,\"filtered\":0,\"rejected\":4,\"dropped\":2}");
    assertThat(json.get("rates").toString())
        .isEqualTo(
            "{\"received\":0.0,\"stored\":0.0,\"filtered\":0.0,\"rejected\":0.0,\"dropped\":0.0}");
    assertThat(json.get("reasons").toString())
        .isEqualTo(
            "{\"filtered\":{},\"rejected\":{\"time_out_of_range\":4},\"dropped\":{\"udp_overflow\":2}}");
    assertThat(json.get("levels").propertyNames()).contains("TRACE", "INFO", "FATAL");
    assertThat(json.get("inputs").get(0).get("id").asString()).isEqualTo("tcp");
    assertThat(json.get("inputs").get(0).get("received").asLong()).isEqualTo(4);
    assertThat(json.get("connections").asInt()).isEqualTo(3);
    assertThat(json.get("buffer").toString()).isEqualTo("{\"bytes\":10,\"capacity\":100}");
    assertThat(json.get("storage").toString())
        .isEqualTo("{\"records\":1,\"bytes\":2,\"freeBytes\":3}");
    assertThat(json.get("host").toString())
        .isEqualTo("{\"cpu_usage\":12.3,\"memory_usage\":50.0,\"disk_io\":100.0}");
    assertThat(json.get("alerts").toString()).isEqualTo("{\"firing\":1,\"pending\":2}");
  }

  @Test
  void rates_areAveragesOverTheLastFiveSeconds() {
    for (int second = 0; second < 20; second++) {
      metrics.tick();
      clock.advance(Duration.ofSeconds(1));
      ledger.open("tcp").drop("test", second < 10 ? 100 : 20);
    }
    assertThat(metrics.now().rates().dropped()).isEqualTo(20.0);
    clock.advance(Duration.ofSeconds(5));
    assertThat(metrics.now().rates().dropped()).isEqualTo(10.0);
  }

  @Test
  void meters_followTheLedger_andReasonsThatAppearLater() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    LedgerMeters meters = new LedgerMeters(ledger, ThreadFailures.open(), registry);
    ledger.open("tcp").addBytes(9);
    meters.update();
    ledger.open("tcp").reject("time_out_of_range", 4);
    meters.update();
    meters.update();

    assertThat(counter(registry, "rejected", "time_out_of_range")).isEqualTo(4);
    assertThat(counter(registry, "received", "")).isEqualTo(4);
    assertThat(
            registry.get("logcaster.received.bytes").tags("input", "tcp").functionCounter().count())
        .isEqualTo(9);
  }

  private static double counter(SimpleMeterRegistry registry, String outcome, String reason) {
    return registry
        .get("logcaster.records")
        .tags("input", "tcp", "outcome", outcome, "reason", reason)
        .functionCounter()
        .count();
  }

  @Test
  void hostInput_storesAReadingAsARecord() {
    RecordingIntake intake = new RecordingIntake();
    OwnRecords own =
        new OwnRecords(
            intake, ledger.open("host"), java.util.List.of("host", "app"), () -> "box", clock);
    HostInput input = new HostInput(() -> host, own);
    assertThat(input.latest()).isNull();
    input.run();

    var record = intake.records.getFirst();
    assertThat(record.time()).isEqualTo(clock.instant().getEpochSecond() * 1_000_000_000L);
    assertThat(
            Map.of(
                "app", record.value("app"),
                "host", record.value("host"),
                "cpu", record.value("cpu_usage"),
                "memory", record.value("memory_usage"),
                "disk", record.value("disk_io")))
        .isEqualTo(
            Map.of(
                "app",
                "host-metrics",
                "host",
                "box",
                "cpu",
                "12.3",
                "memory",
                "50.0",
                "disk",
                "100.0"));
    assertThat(input.latest()).isEqualTo(host);
  }

  @Test
  void hostProbe_measuresThisMachine() {
    HostReading reading = new HostProbe().read();
    assertThat(reading.memory()).isStrictlyBetween(0.0, 100.0);
    assertThat(reading.cpu()).isBetween(0.0, 100.0);
    assertThat(reading.disk()).isBetween(0.0, 100.0);
  }
}
