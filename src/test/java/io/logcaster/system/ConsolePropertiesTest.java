package io.logcaster.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ConsolePropertiesTest {

  @Test
  void settings_areMapped() {
    ConsoleProperties properties =
        bind(
            Map.of(
                "logcaster.console.name", "Staging",
                "logcaster.console.color", "#b3261e",
                "logcaster.console.links[0].field", "trace_id",
                "logcaster.console.links[0].url", "https://traces.example.org/trace/{value}",
                "logcaster.console.links[1].field", "file",
                "logcaster.console.links[1].url",
                    "http://git.local:3000/blob/{value}?at={commit}#L{line}",
                "logcaster.console.links[1].title", "Code"));

    assertThat(properties.name()).isEqualTo("Staging");
    assertThat(properties.color()).isEqualTo("#b3261e");
    assertThat(properties.links())
        .extracting(ConsoleProperties.Link::field, ConsoleProperties.Link::title)
        .containsExactly(tuple("trace_id", "traces.example.org"), tuple("file", "Code"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert('{value}')",
        "data:text/html,{value}",
        "//traces.example.org/{value}",
        "https://{value}/trace",
        "https://{value}.example.org/trace",
        "https://traces.example.org{value}",
        "https://traces.example.org@{value}/",
        "https://user@traces.example.org/{value}",
        "https://traces.example.org/",
        "https://traces.example.org/{trace_id}",
        "https://traces.example.org/{value}{",
        "https://traces.example.org/a b/{value}"
      })
  void link_thatIsNoTemplateOfAWebAddress_isRefusedWithAnExample(String url) {
    assertThatThrownBy(
            () ->
                bind(
                    Map.of(
                        "logcaster.console.links[0].field",
                        "trace_id",
                        "logcaster.console.links[0].url",
                        url)))
        .rootCause()
        .hasMessageContaining("'trace_id'")
        .hasMessageContaining("https://traces.example.org/trace/{value}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"red", "#fff", "#b3261e;x", "url(https://example.org)"})
  void color_thatIsNotSixDigits_isRefused(String color) {
    assertThatThrownBy(() -> bind(Map.of("logcaster.console.color", color)))
        .rootCause()
        .hasMessageContaining("logcaster.console.color");
  }

  @Test
  void name_thatIsTooLong_isRefused() {
    assertThatThrownBy(() -> bind(Map.of("logcaster.console.name", "x".repeat(61))))
        .rootCause()
        .hasMessageContaining("at most 60 characters");
  }

  private static ConsoleProperties bind(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("logcaster.console", ConsoleProperties.class);
  }
}
