package io.logcaster.notice.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelAddressTest {

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
