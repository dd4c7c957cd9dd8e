package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class ParsedQueryPropertiesTest {

  private static QueryProperties bind(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("logcaster.query", QueryProperties.class);
  }

  @Test
  void defaults() {
    assertThat(bind(Map.of()))
        .isEqualTo(
            new QueryProperties(DataSize.ofMegabytes(128), Duration.ofSeconds(30), 8, 64, 0));
  }

  @Test
  void settings_areMapped() {
    Map<String, String> settings =
        Map.of(
            "logcaster.query.max-memory", "1GB",
            "logcaster.query.timeout", "2m",
            "logcaster.query.concurrency", "3",
            "logcaster.query.queue", "4",
            "logcaster.query.workers", "5");
    assertThat(bind(settings).limits(2))
        .isEqualTo(new QueryLimits(1L << 30, Duration.ofMinutes(2), 3, 4, 5, 1_000_000));
  }

  @Test
  void workers_byDefault_areOnePerProcessor() {
    assertThat(bind(Map.of()).limits(7).workers()).isEqualTo(7);
  }

  @Test
  void wrongSettings_areRefused() {
    assertThatThrownBy(() -> bind(Map.of("logcaster.query.max-memory", "1KB")))
        .isInstanceOf(BindException.class);
    assertThatThrownBy(() -> bind(Map.of("logcaster.query.timeout", "0s")))
        .isInstanceOf(BindException.class);
  }
}
