package io.logcaster.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class SettingsCheckTest {

  record Sample(
      int port,
      Duration idleTimeout,
      List<String> streamFields,
      List<Rule> rules,
      Map<String, String> extra,
      Nested tls,
      Optional<String> zone,
      Durability durability) {}

  record Rule(String query, @Name("for") String hold) {}

  record Nested(boolean on) {
    Nested {
      if (on) {
        throw new IllegalArgumentException("logcaster.sample.tls.on needs a certificate");
      }
    }
  }

  enum Durability {
    SYNC,
    ASYNC
  }

  private final KnownSettings known = new KnownSettings();

  SettingsCheckTest() {
    known.add("logcaster.sample", Sample.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "logcaster.sample.port",
        "logcaster.sample.idle-timeout",
        "logcaster.sample.idleTimeout",
        "logcaster.sample.idle_timeout",
        "LOGCASTER.sample.port",
        "logcaster.sample.stream-fields",
        "logcaster.sample.stream-fields[0]",
        "logcaster.sample.rules[12].query",
        "logcaster.sample.rules[0].for",
        "logcaster.sample.extra.anything.at-all",
        "logcaster.sample.tls.on",
        "logcaster.sample.zone",
        "server.port",
        "logcasters.own"
      })
  void knownProperty_passes(String name) {
    assertThat(unknownProperties(name)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "logcaster.sample.prot, logcaster.sample.port",
    "logcaster.smaple.port, logcaster.sample.port",
    "logcaster.sample.idletimeouts, logcaster.sample.idle-timeout",
    "logcaster.sample.rules[0].hold, logcaster.sample.rules[].for",
    "logcaster.sample.tls, logcaster.sample.tls.on",
    "logcaster.sample.port[0], logcaster.sample.port",
    "logcaster.something-else-altogether, ",
    "management.server.port, "
  })
  void unknownProperty_isNamedWithTheNearestKnownOne(String name, String meant) {
    assertThat(unknownProperties(name))
        .singleElement()
        .satisfies(
            (unknown) -> {
              assertThat(unknown.name()).isEqualTo(name);
              assertThat(unknown.place()).isEqualTo("test");
              assertThat(unknown.meant()).isEqualTo(meant);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOGCASTER_SAMPLE_PORT",
        "LOGCASTER_SAMPLE_IDLETIMEOUT",
        "LOGCASTER_SAMPLE_IDLE_TIMEOUT",
        "LOGCASTER_SAMPLE_STREAMFIELDS_0",
        "LOGCASTER_SAMPLE_RULES_0_FOR",
        "LOGCASTER_SAMPLE_EXTRA_ANY",
        "LOGCASTER_URL",
        "LOGCASTER_SERVICE_HOST",
        "LOGCASTER_PORT",
        "LOGCASTER_PORT_5140_TCP_ADDR",
        "LOGCASTER_SYSLOG_SERVICE_PORT_TCP",
        "PATH"
      })
  void knownVariable_passes(String name) {
    assertThat(unknownVariables(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOGCASTER_SAMPLE_PROT",
        "LOGCASTER_SAMPLE",
        "logcaster_sample_rule",
        "MANAGEMENT_SERVER_PORT"
      })
  void unknownVariable_isNamed(String name) {
    assertThat(unknownVariables(name)).singleElement().matches((u) -> u.name().equals(name));
  }

  @Test
  void analysis_namesSettingPlaceAndRemedy() {
    var failure = new UnknownSettingsException(unknownProperties("logcaster.sample.prot"));

    var analysis = new UnknownSettingsFailureAnalyzer().analyze(failure);

    assertThat(analysis.getDescription())
        .contains("logcaster.sample.prot (test), did you mean logcaster.sample.port?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port | abc | logcaster.sample.port cannot be 'abc': expected a whole number",
        "idle-timeout | soon | expected a duration such as 500ms",
        "tls.on | maybe | expected true or false",
        "tls.on | true | logcaster.sample.tls.on needs a certificate",
        "durability | never | logcaster.sample.durability cannot be 'never': expected one of sync,"
            + " async"
      })
  void wrongValue_isNamedWithWhatIsExpected(String name, String value, String expected) {
    assertThat(describe(name, value)).contains(expected);
  }

  @Test
  void serviceLinkOfKubernetes_isRecognisedInAPort() {
    var analysis = new SettingFailureAnalyzer().analyze(bind("port", "tcp://10.0.0.1:5140"));

    assertThat(analysis.getAction()).contains("enableServiceLinks");
  }

  private static String describe(String name, String value) {
    return new SettingFailureAnalyzer().analyze(bind(name, value)).getDescription();
  }

  private static BindException bind(String name, String value) {
    Binder binder =
        new Binder(new MapConfigurationPropertySource(Map.of("logcaster.sample." + name, value)));
    return assertThatExceptionOfType(BindException.class)
        .isThrownBy(() -> binder.bind("logcaster.sample", Sample.class))
        .actual();
  }

  private List<UnknownSettingsException.Unknown> unknownProperties(String name) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(name, "1")));
    return SettingsCheck.unknown(environment, known);
  }

  private List<UnknownSettingsException.Unknown> unknownVariables(String name) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new HashMap<>(Map.of(name, "1"))));
    return SettingsCheck.unknown(environment, known);
  }
}
