package io.logcaster.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class KafkaPropertiesTest {

  private static KafkaProperties bound(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    settings.forEach((name, value) -> all.put("logcaster.kafka." + name, value));
    return new Binder(new MapConfigurationPropertySource(all))
        .bindOrCreate("logcaster.kafka", KafkaProperties.class);
  }

  @Test
  void settings_areBound() throws Exception {
    KafkaProperties properties =
        bound(
            Map.of(
                "brokers", "one:9092,two:9092",
                "topics", "app,audit",
                "format", "json",
                "headers", "trace_id",
                "security.protocol", "ssl"));

    assertThat(properties.format()).isEqualTo(MessageFormat.JSON);
    assertThat(properties.topics()).containsExactly("app", "audit");
    assertThat(properties.headers()).containsExactly("trace_id");
    assertThat(properties.consumerSettings()).containsEntry("group.id", "logcaster");
    assertThat(properties.clientSettings())
        .containsEntry("bootstrap.servers", "one:9092,two:9092")
        .containsEntry("security.protocol", "SSL");
  }

  @Test
  void formats_areBoundByTheNamesOfTheCollectorsEncodings() {
    for (MessageFormat format : MessageFormat.values()) {
      KafkaProperties properties =
          bound(Map.of("brokers", "one:9092", "topics", "app", "format", format.text()));
      assertThat(properties.format()).isEqualTo(format);
    }
  }

  @Test
  void nothing_isReadByDefault() {
    assertThat(bound(Map.of()).brokers()).isEmpty();
  }

  @Test
  void settingsThatDoNotFit_areRefused() {
    refused(Map.of("brokers", "one:9092"), "set both or neither");
    refused(Map.of("topics", "app"), "set both or neither");
    refused(Map.of("brokers", "one:9092", "topics", "app", "format", "framed"), "framed");
    refused(
        Map.of("brokers", "one:9092", "topics", "app", "group", "g".repeat(65)),
        "logcaster.kafka.group must be");
  }

  private static void refused(Map<String, String> settings, String reason) {
    assertThatThrownBy(() -> bound(settings)).rootCause().hasMessageContaining(reason);
  }
}
