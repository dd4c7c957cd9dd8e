package io.logcaster.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.sink.FakeReceiver;
import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkContexts;
import io.logcaster.sink.SinkContract;
import io.logcaster.sink.SinkOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyslogSinkTest extends SinkContract {

  @TempDir Path directory;

  private final List<String> messages = new CopyOnWriteArrayList<>();
  private FakeReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = new FakeReceiver((in, out) -> read(in));
  }

  @AfterEach
  void stop() throws IOException {
    receiver.close();
  }

  /** Octet counting: length, space, message. */
  private void read(InputStream in) throws IOException {
    while (true) {
      int length = 0;
      for (int digit = in.read(); digit != ' '; digit = in.read()) {
        if (digit < 0) {
          return;
        }
        length = length * 10 + digit - '0';
      }
      messages.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }
  }

  @Override
  protected Sink open() {
    return open("tcp", receiver.port());
  }

  private Sink open(String transport, int port) {
    SyslogSinkType type = new SyslogSinkType();
    Map<String, Object> options = Map.of("host", "127.0.0.1", "port", port, "transport", transport);
    return type.open(SinkOptions.of(type.options(), options), SinkContexts.in(directory));
  }

  @Override
  protected List<String> received(int atLeast) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (messages.size() < atLeast && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
    return messages.stream()
        .map(
            (message) ->
                message.replaceFirst("(?s)^\\S+ \\S+ \\S+ \\S+ \\S+ \\S+ (-|\\[.*?[^\\\\]]) ", ""))
        .toList();
  }

  @Override
  protected void fail() throws IOException {
    receiver.stop();
  }

  @Override
  protected void mend() throws IOException {
    receiver.start();
  }

  @Test
  void datagrams_areOneMessageEach() throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Sink sink = open("udp", socket.getLocalPort())) {
      socket.setSoTimeout(60_000);
      sink.begin(0);
      sink.write(batch(0, 2));
      sink.flush();
      DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
      socket.receive(packet);

      assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
          .isEqualTo("<134>1 2026-11-21T12:00:00Z web-1 shop - - [fields@32473 n=\"0\"] record 0");
    }
  }
}
