package io.logcaster.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class BindPolicyTest {

  private static final String SETTING = "logcaster.tcp.address";

  @Test
  void withoutCredentials_everyPortIsOnLoopback() throws UnknownHostException {
    BindPolicy policy = new BindPolicy(false, null);

    assertThat(policy.addressFor(null, SETTING).isLoopbackAddress()).isTrue();
    assertThat(policy.addressFor(ip("127.0.0.2"), SETTING)).isEqualTo(ip("127.0.0.2"));
    assertThat(policy.addressFor(ip("::1"), SETTING)).isEqualTo(ip("::1"));
  }

  @Test
  void withoutCredentials_aWiderAddressIsRefusedByItsSetting() throws UnknownHostException {
    BindPolicy policy = new BindPolicy(false, null);

    for (String wide : new String[] {"0.0.0.0", "::", "192.0.2.7"}) {
      assertThatExceptionOfType(UnprotectedBindException.class)
          .isThrownBy(() -> policy.addressFor(ip(wide), SETTING))
          .satisfies(
              (failure) -> {
                var analysis = new UnprotectedBindFailureAnalyzer().analyze(failure);
                assertThat(analysis.getDescription()).contains(SETTING + "=");
                assertThat(analysis.getAction())
                    .contains("logcaster.security.username", "logcaster.security.password");
              });
    }
  }

  @Test
  void serverAddress_isTheDefaultOfAllPortsAndBoundByTheSameRule() throws UnknownHostException {
    assertThatExceptionOfType(UnprotectedBindException.class)
        .isThrownBy(() -> new BindPolicy(false, ip("0.0.0.0")).addressFor(null, SETTING))
        .withMessageContaining("server.address");
    assertThat(new BindPolicy(true, ip("192.0.2.7")).addressFor(null, SETTING))
        .isEqualTo(ip("192.0.2.7"));
  }

  @Test
  void withCredentials_everyInterfaceIsTheDefault() throws UnknownHostException {
    BindPolicy policy = new BindPolicy(true, null);

    assertThat(policy.addressFor(null, SETTING).isAnyLocalAddress()).isTrue();
    assertThat(policy.addressFor(ip("192.0.2.7"), SETTING)).isEqualTo(ip("192.0.2.7"));
    assertThat(policy.addressFor(ip("127.0.0.1"), SETTING)).isEqualTo(ip("127.0.0.1"));
  }

  private static InetAddress ip(String literal) throws UnknownHostException {
    return InetAddress.getByName(literal);
  }
}
