package io.logcaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("changes the process's locale")
class SpoolTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long MEGABYTE = 1 << 20;

  @TempDir Path directory;

  private LogCasterClientBuilder client(ServerAddress address) {
    return LogCasterClient.builder()
        .server(address)
        .retry(Duration.ofMillis(1), Duration.ofMillis(20))
        .closeTimeout(Duration.ofMillis(20))
        .linger(Duration.ofMillis(1))
        .batchBytes(1024)
        .queueBytes(4096)
        .spool(directory, 4 * MEGABYTE);
  }

  /** Logs while nobody listens, and ends. */
  private void leave(int from, int to) throws IOException {
    ServerAddress nobody;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = new ServerAddress("127.0.0.1", unused.getLocalPort());
    }
    try (LogCasterClient client = client(nobody).build()) {
      for (int i = from; i < to; i++) {
        assertThat(client.line("line " + i)).isTrue();
      }
    }
  }

  private static List<String> lines(int from, int to) {
    return IntStream.range(from, to).mapToObj((i) -> "line " + i).toList();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter((path) -> path.toString().endsWith(".spool")).sorted().toList();
    }
  }

  @Test
  void unacknowledgedRecords_surviveTheEndOfTheProgram() throws IOException {
    leave(0, 1_000);
    leave(1_000, 1_200);
    assertThat(files()).isNotEmpty();
    try (FakeServer server = new FakeServer(FakeServer.ACKNOWLEDGE);
        LogCasterClient client = client(server.address()).build()) {
      client.line("line 1200");
      assertThat(client.flush(PATIENCE)).isTrue();

      assertThat(server.lines()).isEqualTo(lines(0, 1_201));
      assertThat(server.hellos()).hasSize(1);
      assertThat(client.metrics().acknowledged()).isEqualTo(1_201);
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void emptySpool_startsAsANewClient() throws IOException {
    try (FakeServer server = new FakeServer(FakeServer.ACKNOWLEDGE)) {
      for (int run = 0; run < 2; run++) {
        try (LogCasterClient client = client(server.address()).build()) {
          client.line("run " + run);
          assertThat(client.flush(PATIENCE)).isTrue();
        }
      }
      // The same sequence under the same name would be taken for the same records.
      assertThat(server.hellos().stream().map((hello) -> hello.path("client").asString()))
          .hasSize(2)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void newSequences_afterRecovery_leaveAGap() throws IOException {
    leave(0, 10);
    try (FakeServer server = new FakeServer(FakeServer.ACKNOWLEDGE);
        LogCasterClient client = client(server.address()).build()) {
      client.line("new");
      assertThat(client.flush(PATIENCE)).isTrue();

      assertThat(server.received().get(0).sequence()).isEqualTo(1);
      assertThat(server.received().getLast().sequence()).isGreaterThan(65_536);
      assertThat(server.received().getLast().client()).isEqualTo(server.received().get(0).client());
    }
  }

  @Test
  void tornTail_isTruncatedAndReported() throws IOException {
    leave(0, 1_000);
    Path last = files().getLast();
    try (RandomAccessFile file = new RandomAccessFile(last.toFile(), "rw")) {
      file.setLength(file.length() - 5);
    }
    try (FakeServer server = new FakeServer(FakeServer.ACKNOWLEDGE);
        LogCasterClient client = client(server.address()).build()) {
      assertThat(client.metrics().lastError()).contains("cut at byte");
      assertThat(client.flush(PATIENCE)).isTrue();

      List<String> arrived = server.lines();
      assertThat(arrived).hasSizeGreaterThan(900).hasSizeLessThan(1_000);
      assertThat(arrived).isEqualTo(lines(0, arrived.size()));
    }
  }

  @Test
  void flippedBit_endsTheFileThere() throws IOException {
    leave(0, 1_000);
    Path first = files().get(0);
    byte[] bytes = Files.readAllBytes(first);
    bytes[bytes.length / 2] ^= 4;
    Files.write(first, bytes);
    try (FakeServer server = new FakeServer(FakeServer.ACKNOWLEDGE);
        LogCasterClient client = client(server.address()).build()) {
      assertThat(client.flush(PATIENCE)).isTrue();

      List<String> arrived = server.lines();
      assertThat(arrived).hasSizeGreaterThan(300).hasSizeLessThan(700);
      assertThat(arrived).isEqualTo(lines(0, arrived.size()));
    }
  }

  @Test
  void fileThatIsNotASpool_isSetAside() throws IOException {
    Path foreign = Files.writeString(directory.resolve("0000000001.spool"), "something else");
    try (FakeServer server = new FakeServer(FakeServer.ACKNOWLEDGE);
        LogCasterClient client = client(server.address()).build()) {
      client.line("x");
      assertThat(client.flush(PATIENCE)).isTrue();
      assertThat(client.metrics().lastError()).contains(foreign.toString());
      assertThat(Path.of(foreign + ".damaged")).hasContent("something else");
    }
  }

  @Test
  void spool_isBoundedAndFreedFileByFile() throws IOException {
    String text = "x".repeat(1_000);
    try (FakeServer server = new FakeServer(FakeServer.SILENT);
        LogCasterClient client =
            client(server.address()).closeTimeout(PATIENCE).window(2).build()) {
      int taken = 0;
      while (client.line(text)) {
        taken++;
      }
      assertThat(taken).isGreaterThan(3_500);
      assertThat(sizeOnDisk()).isLessThanOrEqualTo(4 * MEGABYTE + 8192);
      assertThat(files()).hasSizeGreaterThan(4);

      server.behave(FakeServer.ACKNOWLEDGE);
      server.disconnect();
      assertThat(client.flush(PATIENCE)).isTrue();
      assertThat(server.lines()).hasSize(taken);
      Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(files()).isEmpty());
    }
  }

  private long sizeOnDisk() throws IOException {
    long size = 0;
    for (Path file : files()) {
      size += Files.size(file);
    }
    return size;
  }

  @Test
  void spoolInUse_isRefused() throws IOException {
    try (FakeServer server = new FakeServer(FakeServer.ACKNOWLEDGE);
        LogCasterClient client = client(server.address()).build()) {
      assertThat(client.metrics().queued()).isZero();
      assertThatThrownBy(() -> client(server.address()).build())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("used by another client")
          .hasMessageContaining(directory.toString());
    }
  }

  @Test
  void spooledBatches_areFound_whateverTheLocalesDigits() throws IOException {
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    try {
      Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG-u-nu-arab"));
      leave(0, 500);
      assertThat(files())
          .isNotEmpty()
          .allSatisfy(
              (file) -> assertThat(file.getFileName().toString()).matches("[0-9]{10}\\.spool"));
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
  }
}
