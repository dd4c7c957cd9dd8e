package io.logcaster.sink;

import static io.logcaster.sink.SinkOption.choice;
import static io.logcaster.sink.SinkOption.optional;
import static io.logcaster.sink.SinkOption.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.system.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinkOptionsTest {

  private static final List<SinkOption> OPTIONS =
      List.of(
          required("path", SinkOptionType.TEXT, "where"),
          optional("rotateSize", SinkOptionType.SIZE, "100MB", "how large"),
          optional("every", SinkOptionType.DURATION, "1d", "how old"),
          optional("keep", SinkOptionType.NUMBER, 10, "how many"),
          optional("force", SinkOptionType.FLAG, false, "whether"),
          optional("url", SinkOptionType.URL, null, "to where"),
          optional("headers", SinkOptionType.MAP, null, "what else").asSecret(),
          optional("names", SinkOptionType.LIST, null, "which"),
          choice("format", "json", List.of("json", "raw"), "how"));

  @Test
  void defaults_areTheFallbacks() {
    SinkOptions options = SinkOptions.of(OPTIONS, Map.of("path", "a.log"));

    assertThat(options.size("rotateSize")).isEqualTo(100L << 20);
    assertThat(options.duration("every")).isEqualTo(Duration.ofDays(1));
    assertThat(options.number("keep")).isEqualTo(10);
    assertThat(options.text("format")).isEqualTo("json");
    assertThat(options.text("url")).isEmpty();
    assertThat(options.values()).containsOnlyKeys("path");
  }

  @Test
  void texts_ofSettings_areReadAsTheirType() {
    SinkOptions options =
        SinkOptions.of(
            OPTIONS,
            Map.of("path", "a", "keep", "3", "force", "true", "names", "a, b", "format", "RAW"));

    assertThat(options.number("keep")).isEqualTo(3);
    assertThat(options.flag("force")).isTrue();
    assertThat(options.list("names")).containsExactly("a", "b");
    assertThat(options.text("format")).isEqualTo("raw");
  }

  @ParameterizedTest
  @CsvSource({
    "pth, a, 'is unknown; known ones are: path, rotateSize'",
    "rotateSize, big, 'must be a size such as 100MB'",
    "every, soon, 'must be a duration such as 30s'",
    "keep, -1, 'must be a whole number'",
    "keep, x, 'must be a whole number'",
    "force, maybe, 'must be true or false'",
    "url, ftp://x, 'must start with https:// or http://'",
    "url, http://a:b@c/, 'must not contain a user name or password'",
    "format, xml, 'must be one of json raw'",
  })
  void wrongOption_isNamed(String name, String value, String reason) {
    assertThatThrownBy(() -> SinkOptions.of(OPTIONS, Map.of("path", "a", name, value)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("options." + name)
        .hasMessageContaining(reason);
  }

  @Test
  void missingOption_isNamed() {
    assertThatThrownBy(() -> SinkOptions.of(OPTIONS, Map.of()))
        .hasMessageContaining("options.path' is required: where");
  }

  @Test
  void secrets_areKeptOutOfMessages() {
    SinkOptions options =
        SinkOptions.of(
            OPTIONS, Map.of("path", "a", "headers", Map.of("Authorization", "Bearer xyz")));

    assertThat(options.redacted("refused: Bearer xyz")).isEqualTo("refused: ***");
  }
}
