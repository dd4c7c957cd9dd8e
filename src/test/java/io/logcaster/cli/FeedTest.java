package io.logcaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.logcaster.Api;
import io.logcaster.RunningServer;
import io.logcaster.TcpPort;
import io.logcaster.ingest.Input;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import picocli.CommandLine;

/** {@code import} and {@code send} against a running server. */
@RunningServer
class FeedTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  private final Api api;
  private final int tcpPort;
  private final Cli cli;
  private String mark = "";

  FeedTest(@LocalServerPort int port, @Autowired List<Input> inputs) {
    this.api = new Api(port);
    this.tcpPort = TcpPort.of(inputs);
    this.cli = new Cli(port, tcpPort);
  }

  @BeforeEach
  void mark(TestInfo test) {
    mark = "feed" + Integer.toHexString(test.getDisplayName().hashCode());
  }

  private String lines(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append("{\"_msg\":\"m\",\"app\":\"").append(mark).append("\",\"n\":").append(i);
      text.append("}\n");
    }
    return text.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<Integer> stored() {
    String query = URLEncoder.encode("app:=" + mark + " | fields n", StandardCharsets.UTF_8);
    return api.get("/api/v1/query?query=" + query)
        .body()
        .lines()
        .map((line) -> Integer.valueOf(line.replaceAll("\\D", "")))
        .sorted()
        .toList();
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private int run(String command, String... more) {
    List<String> arguments = new java.util.ArrayList<>(List.of(command));
    arguments.addAll(List.of(more));
    arguments.add("--state=" + directory.resolve("state"));
    return cli.run(arguments.toArray(String[]::new));
  }

  @Test
  void importTwice_storesOnceAndThenWhatWasAdded() throws IOException {
    Path file = Files.writeString(directory.resolve("a.log"), lines(0, 30_000));
    assertThat(run("import", file.toString())).isZero();
    assertThat(cli.out()).contains("30,000 records stored from 1 files");
    assertThat(run("import", file.toString())).isZero();
    assertThat(cli.out()).contains("0 records stored from 1 files; nothing new in 1 files");
    assertThat(stored()).isEqualTo(numbers(0, 30_000));

    Files.writeString(file, lines(30_000, 30_010), StandardOpenOption.APPEND);
    assertThat(run("import", file.toString())).isZero();
    assertThat(stored()).isEqualTo(numbers(0, 30_010));
  }

  @Test
  void wideText_isImportedOnce_andThenWhatWasAdded() throws IOException {
    Path file = directory.resolve("ERRORLOG");
    Files.writeString(file, "\ufeff" + lines(0, 20_000), StandardCharsets.UTF_16LE);
    assertThat(run("import", file.toString())).isZero();
    assertThat(run("import", file.toString())).isZero();
    assertThat(stored()).isEqualTo(numbers(0, 20_000));

    Files.writeString(
        file, lines(20_000, 20_010), StandardCharsets.UTF_16LE, StandardOpenOption.APPEND);
    assertThat(run("import", file.toString())).isZero();
    assertThat(stored()).isEqualTo(numbers(0, 20_010));
  }

  @Test
  void renamedFile_isRecognisedAndItsSuccessorIsNew() throws IOException {
    Path file = Files.writeString(directory.resolve("a.log"), lines(0, 10));
    assertThat(run("import", file.toString())).isZero();
    Files.move(file, directory.resolve("a.log.1"));
    Files.writeString(file, lines(10, 20));

    assertThat(run("import", directory + "/a.log*")).isZero();
    assertThat(stored()).isEqualTo(numbers(0, 20));
  }

  @Test
  void compressedFiles_areDecompressed() throws IOException {
    Path directories = Files.createDirectories(directory.resolve("in/deep"));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (int part = 0; part < 2; part++) { // gzip files may be joined, as cat does
      try (OutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(bytes(lines(part * 5_000, (part + 1) * 5_000)));
      }
    }
    Files.write(directories.resolve("a.gz"), packed.toByteArray());
    Files.write(directories.resolve("b.zst"), Zstd.compress(bytes(lines(10_000, 20_000))));
    Files.writeString(directories.resolve(".hidden"), lines(99, 100));

    assertThat(run("import", directory + "/in")).isZero();
    assertThat(run("import", directory + "/in/**/*.zst", directory + "/in/deep/a.gz")).isZero();
    assertThat(cli.out()).contains("nothing new in 2 files");
    assertThat(stored()).isEqualTo(numbers(0, 20_000));
  }

  @Test
  void damagedCompressedFile_isAClearFailure() throws IOException {
    byte[] packed = Zstd.compress(bytes(lines(0, 10_000)));
    Path file = Files.write(directory.resolve("b.zst"), java.util.Arrays.copyOf(packed, 2_000));

    assertThat(run("import", file.toString())).isEqualTo(1);
    assertThat(cli.err()).contains("b.zst").doesNotContain("\tat ");
  }

  @Test
  void interruptedImport_isFinishedByTheNext() throws IOException {
    Path file = Files.writeString(directory.resolve("a.log"), lines(0, 60_000));
    Path states = Files.createDirectories(directory.resolve("state"));
    ServerOptions server = new ServerOptions();
    new CommandLine(server).parseArgs("--tcp=127.0.0.1:" + tcpPort);
    FileFeed feed = new FileFeed(server, states, (text) -> {});
    FeedState stopped;
    try (LogFile log = LogFile.open(file);
        FeedSession session = feed.open(log, log.key())) {
      session.send(log.size(), (position) -> feed.stop());
      stopped = session.state();
    }
    assertThat(stopped.isDone()).isFalse();
    assertThat(stopped.planned()).isEqualTo(Files.size(file));
    Files.writeString(file, lines(60_000, 60_010), StandardOpenOption.APPEND);

    assertThat(run("import", file.toString())).isZero();
    assertThat(List.copyOf(new TreeSet<>(stored()))).isEqualTo(numbers(0, 60_010));
  }

  @Test
  void noFiles_isAClearFailure() {
    assertThat(run("import", directory + "/missing.log")).isEqualTo(1);
    assertThat(cli.err())
        .contains("missing.log: no such file or directory")
        .doesNotContain("\tat ");
    assertThat(run("import", directory + "/*.log")).isEqualTo(1);
    assertThat(cli.err()).contains("no files found");
  }

  @Test
  void send_sendsCompleteFilesEachTime() throws IOException {
    Path file = Files.writeString(directory.resolve("a.log"), lines(0, 3) + lines(3, 4).strip());
    assertThat(run("send", file.toString())).isZero();
    assertThat(stored()).isEqualTo(numbers(0, 4));
    assertThat(run("send", file.toString())).isZero();
    assertThat(stored()).hasSize(8);
  }

  @Test
  void follow_survivesRotationsAndRestarts() throws Exception {
    Path file = Files.writeString(directory.resolve("app.log"), lines(0, 3) + "{\"_msg\"");
    ServerOptions server = new ServerOptions();
    new CommandLine(server).parseArgs("--tcp=127.0.0.1:" + tcpPort);
    Path states = Files.createDirectories(directory.resolve("state"));
    FileFeed feed = new FileFeed(server, states, (text) -> {});
    Thread follower = Thread.ofPlatform().start(new FileFollower(feed, file, false));
    try {
      awaitStored(3);
      append(file, ":\"m\",\"app\":\"" + mark + "\",\"n\":3}\n"); // the rest of a line
      awaitStored(4);
      Files.move(file, directory.resolve("app.log.1"));
      append(directory.resolve("app.log.1"), lines(4, 6)); // a writer that still has it open
      Files.writeString(file, lines(6, 8));
      awaitStored(8);
      Files.write(file, new byte[0]); // truncated, as copytruncate does
      append(file, lines(8, 9));
      awaitStored(9);
    } finally {
      feed.stop();
      follower.join();
    }
    append(file, lines(9, 10));
    Files.move(file, directory.resolve("app.log.1"), StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(file, lines(10, 11));
    FileFeed again = new FileFeed(server, states, (text) -> {});
    follower = Thread.ofPlatform().start(new FileFollower(again, file, false));
    try {
      awaitStored(11);
    } finally {
      again.stop();
      follower.join();
    }
    assertThat(stored()).isEqualTo(numbers(0, 11));
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }

  private void awaitStored(int count) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(stored()).isEqualTo(numbers(0, count)));
  }
}
