package io.logcaster.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class IngestPropertiesTest {

  private static IngestProperties bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("logcaster.ingest", IngestProperties.class);
  }

  @Test
  void limits_byDefault_followTheHeap() {
    IngestProperties properties = bind(Map.of());
    long heap = Runtime.getRuntime().maxMemory();
    assertThat(properties.streamLimit()).isEqualTo(Math.clamp(heap / 8192, 1000, 1_000_000));
    assertThat(properties.fieldLimit()).isEqualTo(Math.clamp(heap / 65_536, 1000, 10_000));
    assertThat(properties.streamFields()).containsExactly("host", "app");
  }

  @Test
  void settings_areBound() {
    IngestProperties properties =
        bind(
            Map.of(
                "logcaster.ingest.max-streams", "77",
                "logcaster.ingest.max-fields", "55",
                "logcaster.ingest.stream-fields", "a",
                "logcaster.ingest.time-zone", "Europe/Berlin",
                "logcaster.ingest.max-record-size", "1MB"));
    assertThat(properties.streamLimit()).isEqualTo(77);
    assertThat(properties.fieldLimit()).isEqualTo(55);
    assertThat(properties.streamFields()).containsExactly("a");
    assertThat(properties.zone().getId()).isEqualTo("Europe/Berlin");
    assertThat(properties.maxRecordSize().toKilobytes()).isEqualTo(1024);
  }

  @Test
  void recordSize_outOfRange_isRefused() {
    assertThatThrownBy(() -> bind(Map.of("logcaster.ingest.max-record-size", "10B")))
        .rootCause()
        .hasMessageContaining("max-record-size");
  }
}
