package io.logcaster.ingest.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.ingest.Protocol;
import io.logcaster.ingest.tcp.TcpOptions.TlsUse;
import java.net.InetAddress;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.util.unit.DataSize;

class ListenersPropertiesTest {

  private static List<ListenerProperties> bind(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    settings.forEach((name, value) -> all.put("logcaster.listeners" + name, value));
    return new Binder(
            List.of(new MapConfigurationPropertySource(all)),
            null,
            ApplicationConversionService.getSharedInstance(),
            null)
        .bindOrCreate("logcaster", ListenersProperties.class)
        .listeners();
  }

  @Test
  void noListeners_isTheDefault() {
    assertThat(bind(Map.of())).isEmpty();
  }

  @Test
  void defaults_matchTheManual() {
    assertThat(bind(Map.of("[0].port", "6514")))
        .containsExactly(
            new ListenerProperties(
                6514,
                ListenerProperties.Transport.TCP,
                Protocol.AUTO,
                null,
                null,
                Map.of(),
                null,
                TlsUse.OPTIONAL,
                true,
                1024,
                null,
                Duration.ofMinutes(5),
                DataSize.ofKilobytes(256),
                DataSize.ofMegabytes(4)))
        .first()
        .extracting(ListenerProperties::id)
        .isEqualTo("tcp-6514");
  }

  @Test
  void settings_areMapped() throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("[0].port", "6514");
    settings.put("[0].protocol", "syslog");
    settings.put("[0].name", "branch");
    settings.put("[0].address", "127.0.0.2");
    settings.put("[0].fields.site", "berlin");
    settings.put("[0].time-zone", "Europe/Berlin");
    settings.put("[0].tls", "required");
    settings.put("[0].anonymous", "false");
    settings.put("[0].max-connections", "7");
    settings.put("[0].max-connections-per-address", "3");
    settings.put("[0].idle-timeout", "30s");
    settings.put("[0].max-record-size", "1MB");
    settings.put("[1].port", "514");
    settings.put("[1].transport", "udp");
    settings.put("[1].receive-buffer", "1MB");
    List<ListenerProperties> listeners = bind(settings);
    assertThat(listeners.getFirst())
        .isEqualTo(
            new ListenerProperties(
                6514,
                ListenerProperties.Transport.TCP,
                Protocol.SYSLOG,
                "branch",
                InetAddress.getByName("127.0.0.2"),
                Map.of("site", "berlin"),
                ZoneId.of("Europe/Berlin"),
                TlsUse.REQUIRED,
                false,
                7,
                3,
                Duration.ofSeconds(30),
                DataSize.ofMegabytes(1),
                DataSize.ofMegabytes(4)));
    assertThat(listeners.getLast().id()).isEqualTo("udp-514");
    assertThat(listeners.getLast().receiveBuffer()).isEqualTo(DataSize.ofMegabytes(1));
  }

  @ParameterizedTest
  @CsvSource({
    "port, 70000",
    "name, Über uns",
    "max-connections, 0",
    "max-record-size, 10B",
    "idle-timeout, 0s",
    "fields._time, now"
  })
  void valuesOutOfRange_areRejectedByName(String setting, String value) {
    Map<String, String> settings = new HashMap<>(Map.of("[0].port", "6514"));
    settings.put("[0]." + setting, value);
    assertThatThrownBy(() -> bind(settings))
        .rootCause()
        .hasMessageContaining("logcaster.listeners[]." + setting.replaceAll("\\..*", ""));
  }

  @Test
  void unsupportedUdpSettings_andDuplicateNames_areRejected() {
    assertThatThrownBy(
            () -> bind(Map.of("[0].port", "1", "[0].transport", "udp", "[0].protocol", "framed")))
        .rootCause()
        .hasMessageContaining("does not go over UDP");
    assertThatThrownBy(
            () -> bind(Map.of("[0].port", "1", "[0].transport", "udp", "[0].tls", "required")))
        .rootCause()
        .hasMessageContaining("TCP alone");
    assertThatThrownBy(() -> bind(Map.of("[0].port", "1", "[0].name", "tcp")))
        .rootCause()
        .hasMessageContaining("two listeners named 'tcp'");
  }
}
