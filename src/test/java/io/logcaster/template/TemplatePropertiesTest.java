package io.logcaster.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TemplatePropertiesTest {

  private static TemplateProperties bind(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("logcaster.templates", TemplateProperties.class);
  }

  @Test
  void defaults_knowAHundredThousandIn64Megabytes() {
    TemplateProperties properties = bind(Map.of());
    assertThat(properties.enabled()).isTrue();
    assertThat(properties.maxCount()).isEqualTo(100_000);
    assertThat(properties.maxMemory().toMegabytes()).isEqualTo(64);
  }

  @Test
  void settings_areMapped_andTooLittleMemoryIsRefused() {
    TemplateProperties properties =
        bind(
            Map.of(
                "logcaster.templates.enabled", "false",
                "logcaster.templates.max-count", "5000",
                "logcaster.templates.max-memory", "8MB"));
    assertThat(properties.enabled()).isFalse();
    assertThat(properties.maxCount()).isEqualTo(5_000);
    assertThat(properties.maxMemory().toMegabytes()).isEqualTo(8);
    assertThatThrownBy(() -> bind(Map.of("logcaster.templates.max-memory", "1KB")))
        .rootCause()
        .hasMessageContaining("logcaster.templates.max-memory");
  }
}
