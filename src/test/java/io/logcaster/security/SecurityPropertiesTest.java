package io.logcaster.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SecurityPropertiesTest {

  @Test
  void defaults_requireNoCredentials() {
    SecurityProperties properties = bind(Map.of());

    assertThat(properties.hasCredentials()).isFalse();
    assertThat(properties.allowedHosts()).isEmpty();
  }

  @Test
  void settings_areMapped() {
    SecurityProperties properties =
        bind(
            Map.of(
                "logcaster.security.username", "ops",
                "logcaster.security.password", "secret",
                "logcaster.security.tokens[0].name", "ci",
                "logcaster.security.tokens[0].token", "a-token-of-some-length",
                "logcaster.security.tokens[0].scope", "ingest,query",
                "logcaster.security.allowed-hosts", "logs.internal,logs2.internal"));

    assertThat(properties.hasCredentials()).isTrue();
    assertThat(properties.allowedHosts()).containsExactly("logs.internal", "logs2.internal");
    assertThat(properties.tokens().getFirst().digest())
        .isEqualTo(TokenDigest.of("a-token-of-some-length"));
    assertThat(properties.tokens().getFirst().scope())
        .containsExactlyInAnyOrder(Scope.INGEST, Scope.QUERY);
    assertThat(properties.toString()).contains("ops").doesNotContain("secret");
  }

  @Test
  void password_mayBeInAFile(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("password"), "pass word\n");
    SecurityProperties properties =
        bind(
            Map.of(
                "logcaster.security.username",
                "ops",
                "logcaster.security.password-file",
                file.toString()));
    assertThat(properties.password()).isEqualTo("pass word");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SecurityProperties("ops", "x", file, List.of(), List.of()))
        .withMessageContaining("both");
    Path missing = dir.resolve("missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SecurityProperties("ops", null, missing, List.of(), List.of()))
        .withMessageContaining("logcaster.security.password-file")
        .withMessageContaining("missing");
  }

  @Test
  void incompleteCredentials_areRefused_namingTheMissingHalf() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SecurityProperties("ops", null, null, List.of(), List.of()))
        .withMessageContaining("logcaster.security.password is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SecurityProperties(" ", "secret", null, List.of(), List.of()))
        .withMessageContaining("logcaster.security.username is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SecurityProperties("a:b", "secret", null, List.of(), List.of()))
        .withMessageContaining("colon");
  }

  private static SecurityProperties bind(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("logcaster.security", SecurityProperties.class);
  }
}
