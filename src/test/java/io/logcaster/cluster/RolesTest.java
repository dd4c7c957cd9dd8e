package io.logcaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RolesTest {

  @Test
  void roles_byDefault_areAllAndNeedNoKafka() {
    Roles roles = bound(Map.of());

    assertThat(roles).isEqualTo(Roles.EVERYTHING);
    assertThat(roles.ingests() && roles.stores() && roles.queries() && roles.alerts()).isTrue();
    assertThat(roles.writesToKafka() || roles.readsFromKafka()).isFalse();
    assertThat(roles).hasToString("all");
  }

  @Test
  void roles_thatAreDivided_meetInKafka() {
    assertThat(bound(Map.of("logcaster.roles", "ingest")).writesToKafka()).isTrue();
    assertThat(bound(Map.of("logcaster.roles", "query,store")).readsFromKafka()).isTrue();
    assertThat(bound(Map.of("logcaster.roles", "query,store"))).hasToString("store,query");

    Roles both = bound(Map.of("logcaster.roles", "ingest,store"));

    assertThat(both.writesToKafka() || both.readsFromKafka()).isFalse();
    assertThat(both.queries() || both.alerts()).isFalse();
  }

  @Test
  void roles_thatAreWrong_areRefused() {
    assertThatThrownBy(() -> bound(Map.of("logcaster.roles", "ingest,stor")))
        .isInstanceOf(BindException.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Roles(Set.of()))
        .withMessageContaining("logcaster.roles is empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Roles(Set.of(Role.ALL, Role.QUERY)))
        .withMessageContaining("all already contains");
  }

  @Test
  void security_thatDoesNotFit_isRefused() {
    assertThatThrownBy(() -> security(Map.of("s.protocol", "sasl_ssl")))
        .rootCause()
        .hasMessageContaining("username and password are required");
    assertThatThrownBy(() -> security(Map.of("s.username", "u")))
        .rootCause()
        .hasMessageContaining("go with security.protocol sasl_ssl");
    assertThatThrownBy(
            () -> security(Map.of("s.protocol", "ssl", "s.certificate", "/tmp/certificate.pem")))
        .rootCause()
        .hasMessageContaining("set both or neither");
  }

  @Test
  void security_readsItsFiles_andNeverPrintsThePassword(@TempDir Path directory) throws Exception {
    Path password = Files.writeString(directory.resolve("password"), "a\"b\n");
    Path ca = Files.writeString(directory.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----");

    KafkaSecurity security =
        security(
            Map.of(
                "s.protocol",
                "sasl_ssl",
                "s.mechanism",
                "scram-sha-256",
                "s.username",
                "u",
                "s.password-file",
                password.toString(),
                "s.ca",
                ca.toString()));

    assertThat(security.clientSettings())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "SCRAM-SHA-256")
        .containsEntry("ssl.truststore.certificates", "-----BEGIN CERTIFICATE-----")
        .extractingByKey("sasl.jaas.config")
        .asString()
        .endsWith("ScramLoginModule required username=\"u\" password=\"a\\\"b\";");
    assertThat(security.toString()).doesNotContain("a\"b");
  }

  private static Roles bound(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("logcaster", Roles.class);
  }

  private static KafkaSecurity security(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("s", KafkaSecurity.class);
  }
}
