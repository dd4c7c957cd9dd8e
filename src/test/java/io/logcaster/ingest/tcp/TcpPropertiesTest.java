package io.logcaster.ingest.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.ingest.IngestProperties;
import java.net.InetAddress;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.util.unit.DataSize;

class TcpPropertiesTest {

  private static <T> T bind(String prefix, Class<T> type, Map<String, String> settings) {
    return new Binder(
            List.of(new MapConfigurationPropertySource(settings)),
            null,
            ApplicationConversionService.getSharedInstance(),
            null)
        .bindOrCreate(prefix, type);
  }

  @Test
  void defaults_matchTheManual() {
    assertThat(bind("logcaster.tcp", TcpProperties.class, Map.of()))
        .isEqualTo(
            new TcpProperties(
                5140,
                null,
                1024,
                null,
                Duration.ofMinutes(5),
                DataSize.ofKilobytes(256),
                TcpProperties.Reply.NONE,
                true));
  }

  @Test
  void settings_areMapped() throws Exception {
    assertThat(
            bind(
                "logcaster.tcp",
                TcpProperties.class,
                Map.of(
                    "logcaster.tcp.port", "0",
                    "logcaster.tcp.address", "127.0.0.2",
                    "logcaster.tcp.max-connections", "7",
                    "logcaster.tcp.max-connections-per-address", "3",
                    "logcaster.tcp.idle-timeout", "30s",
                    "logcaster.tcp.max-record-size", "1MB",
                    "logcaster.tcp.reply", "line",
                    "logcaster.tcp.anonymous", "false")))
        .isEqualTo(
            new TcpProperties(
                0,
                InetAddress.getByName("127.0.0.2"),
                7,
                3,
                Duration.ofSeconds(30),
                DataSize.ofMegabytes(1),
                TcpProperties.Reply.LINE,
                false));
  }

  @Test
  void connectionsPerAddress_default_isHalfOfTheLimit() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    TcpProperties usual = bind("logcaster.tcp", TcpProperties.class, Map.of());
    assertThat(usual.options(loopback).maxConnectionsPerAddress()).isEqualTo(512);
    TcpProperties set =
        bind(
            "logcaster.tcp",
            TcpProperties.class,
            Map.of("logcaster.tcp.max-connections-per-address", "1000"));
    assertThat(set.options(loopback).maxConnectionsPerAddress()).isEqualTo(1000);
  }

  @Test
  void recordSize_outOfRange_isRejected() {
    assertThatThrownBy(
            () ->
                bind(
                    "logcaster.tcp",
                    TcpProperties.class,
                    Map.of("logcaster.tcp.max-record-size", "10B")))
        .rootCause()
        .hasMessageContaining("logcaster.tcp.max-record-size must be between 1KB and 16MB");
  }

  @Test
  void ingestSettings_haveDefaultsAndAreMapped() {
    IngestProperties defaults = bind("logcaster.ingest", IngestProperties.class, Map.of());
    assertThat(defaults.streamFields()).containsExactly("host", "app");
    assertThat(defaults.zone()).isEqualTo(ZoneId.systemDefault());
    assertThat(defaults.maxRecordSize()).isEqualTo(DataSize.ofKilobytes(256));
    IngestProperties mapped =
        bind(
            "logcaster.ingest",
            IngestProperties.class,
            Map.of(
                "logcaster.ingest.stream-fields", "service,pod",
                "logcaster.ingest.max-record-size", "64KB",
                "logcaster.ingest.time-zone", "Europe/Berlin"));
    assertThat(mapped.streamFields()).containsExactly("service", "pod");
    assertThat(mapped.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(mapped.maxRecordSize()).isEqualTo(DataSize.ofKilobytes(64));
  }
}
