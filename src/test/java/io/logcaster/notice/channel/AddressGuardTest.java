package io.logcaster.notice.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.8.9.10, true",
    "0.0.0.0, true",
    "0.1.2.3, true",
    "169.254.169.254, true",
    "169.254.0.1, true",
    "100.100.100.200, true",
    "192.0.0.192, true",
    "224.0.0.1, true",
    "255.255.255.255, true",
    "::1, true",
    "::, true",
    "::ffff:127.0.0.1, true",
    "::127.0.0.1, true",
    "64:ff9b::7f00:1, true",
    "64:ff9b::a9fe:a9fe, true",
    "2002:7f00:1::, true",
    "fe80::1, true",
    "fd00:ec2::254, true",
    "ff02::1, true",
    "10.0.0.1, false",
    "172.16.5.4, false",
    "192.168.1.2, false",
    "198.51.100.7, false",
    "2001:db8::1, false",
    "fd12::1, false",
    "64:ff9b::c633:6407, false",
  })
  void address_isRefusedIfItIsThisMachineOrHandsOutCredentials(String address, boolean refused)
      throws Exception {
    assertThat(AddressGuard.isRefused(InetAddress.getByName(address))).isEqualTo(refused);
  }

  @Test
  void ownAddresses_areRefused() throws Exception {
    for (NetworkInterface one : NetworkInterface.networkInterfaces().toList()) {
      for (InetAddress address : one.inetAddresses().toList()) {
        assertThat(AddressGuard.isRefused(address)).as(address.toString()).isTrue();
      }
    }
  }

  /** However the address is spelt: it is the one of the connection that counts. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "0",
        "2130706433",
        "0x7f000001",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[0:0:0:0:0:0:0:1]",
        "LOCALHOST.",
        "0.0.0.0"
      })
  void webhook_toThisMachine_connectsToNothing(String host) throws Exception {
    try (Receiver receiver = new Receiver()) {
      String port = receiver.url().substring(receiver.url().lastIndexOf(':'));
      ChannelKind kind = ChannelKind.WEBHOOK;
      Channel channel =
          kind.open(
              kind.check(Map.of("url", "http://" + host + port + "/")), Notices.transports(false));

      assertThatThrownBy(() -> channel.send(Notices.firing("n1")))
          .isInstanceOf(DeliveryException.class);
      assertThat(receiver.count()).isZero();
    }
  }

  @Test
  void webhook_toThisMachine_saysWhichSettingAllowsIt() {
    ChannelKind kind = ChannelKind.WEBHOOK;
    Channel channel =
        kind.open(kind.check(Map.of("url", "http://localhost:1/")), Notices.transports(false));

    assertThatThrownBy(() -> channel.send(Notices.firing("n1")))
        .isInstanceOfSatisfying(
            DeliveryException.class, (failure) -> assertThat(failure.isPermanent()).isTrue())
        .hasMessageContaining("logcaster.alert.allow-local-addresses=true");
  }
}
