package io.logcaster.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logcaster.security.Certificates;
import io.logcaster.sink.framed.FramedSinkType;
import io.logcaster.sink.syslog.SyslogSinkType;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sinks over TCP with TLS: they trust what they were told to trust, and nobody else. */
class SecureSinksTest {

  private static final int FRAME_HEADER = 20;
  private static final int ACK = 3;

  @TempDir Path directory;

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private FakeReceiver receiver;
  private String trusted;

  @BeforeEach
  void start() throws Exception {
    Certificates own = new Certificates(directory, "receiver");
    trusted = Files.readString(own.certificate(directory.resolve("receiver.pem")));
    SSLContext tls = own.server();
    receiver = new FakeReceiver(this::serve, tls.getServerSocketFactory());
  }

  @AfterEach
  void stop() throws IOException {
    receiver.close();
  }

  /** Frames are acknowledged; all else is a syslog message with its length before it. */
  private void serve(InputStream stream, OutputStream out) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    while (true) {
      int first = in.read();
      if (first < 0) {
        return;
      }
      if (first == 0xC1) {
        byte[] head = new byte[FRAME_HEADER];
        in.readFully(head, 1, FRAME_HEADER - 1);
        ByteBuffer header = ByteBuffer.wrap(head);
        received.add(new String(in.readNBytes(header.getInt(12)), StandardCharsets.UTF_8));
        out.write(
            ByteBuffer.allocate(FRAME_HEADER)
                .putInt(0xC14C4301)
                .put(4, (byte) ACK)
                .putInt(8, header.getInt(8))
                .array());
        out.flush();
      } else {
        int length = first - '0';
        for (int digit = in.read(); digit != ' '; digit = in.read()) {
          length = length * 10 + digit - '0';
        }
        received.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
      }
    }
  }

  private Sink syslog(String host, String certificate) {
    return open(new SyslogSinkType(), host, Map.of("transport", "tls"), certificate);
  }

  private Sink framed(String host, String certificate) {
    return open(new FramedSinkType(), host, Map.of("tls", true), certificate);
  }

  private Sink open(SinkType type, String host, Map<String, ?> more, String certificate) {
    Map<String, Object> options = new TreeMap<>(more);
    options.put("host", host);
    options.put("port", receiver.port());
    options.put("caCertificate", certificate);
    return SinkTesting.open(type, options, SinkContexts.in(directory));
  }

  private static void send(Sink sink) throws SinkException {
    sink.begin(0);
    sink.write(SinkContract.batch(0, 1));
    sink.flush();
  }

  private String next() throws InterruptedException {
    return String.valueOf(received.poll(60, TimeUnit.SECONDS));
  }

  @Test
  void syslog_reachesAReceiverThatItTrusts() throws Exception {
    try (Sink sink = syslog("localhost", trusted)) {
      send(sink);

      assertThat(next()).startsWith("<134>1 ").endsWith("record 0");
    }
  }

  @Test
  void framed_reachesAReceiverThatItTrusts() throws Exception {
    try (Sink sink = framed("127.0.0.1", trusted)) {
      send(sink);

      assertThat(next()).contains("\"client\":");
      assertThat(next()).contains("record 0");
    }
  }

  @Test
  void receiverThatNobodyVouchesFor_getsNothing() throws Exception {
    Certificates other = new Certificates(directory, "stranger");
    String stranger = Files.readString(other.certificate(directory.resolve("stranger.pem")));
    for (Sink sink : new Sink[] {syslog("localhost", stranger), framed("localhost", stranger)}) {
      try (sink) {
        SinkException failure = catchThrowableOfType(SinkException.class, () -> send(sink));

        assertThat(failure.kind()).isEqualTo(SinkException.Kind.TEMPORARY);
        assertThat(failure).hasMessageContaining("localhost:" + receiver.port());
      }
    }
    assertThat(received).isEmpty();
  }

  @Test
  void certificateThatIsNone_isAProblemOfTheUser() {
    assertThat(catchThrowableOfType(RuntimeException.class, () -> syslog("localhost", "nonsense")))
        .hasMessageContaining("caCertificate");
  }
}
