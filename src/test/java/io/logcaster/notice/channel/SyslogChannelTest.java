package io.logcaster.notice.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SyslogChannelTest {

  /** Priority, version, time, host, application, process, message id, structured data, text. */
  private static final Pattern RFC_5424 =
      Pattern.compile(
          "<(\\d+)>1 2026-11-21T10:00:00Z \\S+ logcaster - alert (\\[alert@32473("
              + " \\S+=\"(\\\\.|[^\"\\\\\\]])*\")+]) (.*)",
          Pattern.DOTALL);

  @Test
  void send_overUdp_isAMessageOfRfc5424() throws Exception {
    try (DatagramSocket server =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      server.setSoTimeout(60_000);
      Channel channel =
          Notices.open("syslog", Map.of("host", "127.0.0.1", "port", server.getLocalPort()));
      channel.send(Notices.firing("n1"));

      String message = receive(server);
      assertThat(message).matches(RFC_5424);
      // local0 and critical
      assertThat(message)
          .startsWith("<130>1 ")
          .contains("id=\"n1\"", "rule=\"r1\"", "state=\"FIRING\"", "label_app=\"shop\"")
          .contains("label_http.path=\"/a\\\"b\\]\"")
          .contains("FIRING Errors of the shop; Value: 12; Reason: 12 > 10 over 1m")
          .doesNotContain("\n");
      channel.send(Notices.resolved("n2"));
      assertThat(receive(server)).startsWith("<133>1 ").contains("state=\"RESOLVED\"");
      channel.send(Notices.info());
      assertThat(receive(server)).startsWith("<134>1 ").endsWith(" info - [INFO] A silence ends");
    }
  }

  private static String receive(DatagramSocket server) throws Exception {
    DatagramPacket packet = new DatagramPacket(new byte[4_096], 4_096);
    server.receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
  }

  @Test
  void send_overTcp_countsOctetsOfEachMessage() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<byte[]> received =
          threads.submit(
              () -> {
                try (Socket socket = server.accept()) {
                  return socket.getInputStream().readAllBytes();
                }
              });
      Notices.open(
              "syslog",
              Map.of(
                  "host",
                  "127.0.0.1",
                  "port",
                  server.getLocalPort(),
                  "transport",
                  "tcp",
                  "facility",
                  1))
          .send(
              Notices.notice(
                  "n1", Notice.Status.FIRING, Collections.nCopies(3, Notices.alert(true))));

      byte[] bytes = received.get();
      int at = 0;
      int count = 0;
      while (at < bytes.length) {
        int space = at;
        while (bytes[space] != ' ') {
          space++;
        }
        int length = Integer.parseInt(new String(bytes, at, space - at, StandardCharsets.US_ASCII));
        String message = new String(bytes, space + 1, length, StandardCharsets.UTF_8);
        assertThat(message).matches(RFC_5424).startsWith("<10>1 ");
        at = space + 1 + length;
        count++;
      }
      assertThat(count).isEqualTo(3);
    }
  }

  @Test
  void send_toThisMachine_isRefusedUnlessAllowed() {
    ChannelKind kind = ChannelKind.SYSLOG;
    for (String transport : new String[] {"udp", "tcp", "tls"}) {
      Channel channel =
          kind.open(
              kind.check(Map.of("host", "localhost", "transport", transport)),
              Notices.transports(false));
      assertThatThrownBy(() -> channel.send(Notices.firing("n1")))
          .isInstanceOf(DeliveryException.class)
          .hasMessageContaining("allow-local-addresses");
    }
  }
}
