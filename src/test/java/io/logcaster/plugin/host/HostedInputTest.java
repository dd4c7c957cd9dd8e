package io.logcaster.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.InputStats;
import io.logcaster.ingest.RecordingIntake;
import io.logcaster.pipeline.InputMetrics;
import io.logcaster.plugin.InputPlugin;
import io.logcaster.plugin.PluginJars;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostedInputTest {

  @TempDir Path folder;

  private final RecordingIntake intake = new RecordingIntake();
  private final InputMetrics metrics = new InputMetrics("under-test");
  private HostedInput input;

  private HostedInput start(String type, Map<String, String> options) {
    input =
        new HostedInput(
            type,
            options,
            new Plugins(folder, new PluginLoader()),
            new InputContext(
                intake, metrics, List.of("host", "app"), ZoneOffset.UTC, Clock.systemUTC()),
            new HostedInput.Place(folder.resolve("data"), Duration.ofSeconds(5), 1_000));
    input.start();
    return input;
  }

  private HostedInput startExample(Map<String, String> options) throws IOException {
    PluginJars.example(folder.resolve("csv.jar"));
    start("csv", options);
    await().until(() -> !input.stats().address().isEmpty());
    return input;
  }

  @AfterEach
  void stop() {
    intake.release();
    intake.open();
    if (input != null) {
      input.stop();
    }
  }

  private Socket connect() throws IOException {
    String address = input.stats().address();
    int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static List<String> send(Socket socket, String... lines) throws IOException {
    socket
        .getOutputStream()
        .write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    BufferedReader answers =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    return List.of(lines).stream()
        .map(
            (line) -> {
              try {
                return answers.readLine();
              } catch (IOException ex) {
                return ex.toString();
              }
            })
        .toList();
  }

  @Test
  void example_takesRecords_andAcknowledgesWhatIsStored() throws IOException {
    startExample(Map.of());
    try (Socket socket = connect()) {
      assertThat(send(socket, "warning,shop,paid, late", "nonsense", "E,shop,lost"))
          .containsExactly("ok", "error", "ok");
    }
    assertThat(intake.messages()).containsExactly("paid, late", "lost");
    assertThat(intake.records().getFirst().value("level")).isEqualTo("WARN");
    assertThat(intake.records().getFirst().value("host")).isEqualTo("127.0.0.1");
    assertThat(intake.records().getFirst().time()).isPositive();
    assertThat(intake.streams().getFirst()).contains("app=\"shop\"");
    InputStats stats = input.stats();
    assertThat(stats.id()).isEqualTo("under-test");
    assertThat(stats.protocol()).isEqualTo("csv");
    assertThat(stats.state()).isEqualTo(InputStats.State.RUNNING);
    assertThat(stats.bytes()).isEqualTo(24 + 9 + 12);
    assertThat(stats.errors()).isEqualTo(1);
  }

  @Test
  void longValue_isCutBetweenCharacters_andMarked() throws IOException {
    startExample(Map.of());
    try (Socket socket = connect()) {
      send(socket, "I,shop," + "ü".repeat(900));
    }
    assertThat(intake.messages()).containsExactly("ü".repeat(500));
    assertThat(intake.records().getFirst().value("_truncated")).isEqualTo("true");
  }

  @Test
  void stop_endsTheInput() throws IOException {
    startExample(Map.of());
    input.stop();

    assertThat(input.stats().state()).isEqualTo(InputStats.State.STOPPED);
    assertThat(input.stats().address()).isEmpty();
  }

  @Test
  void unknownType_orWrongOptions_areAFailedInput_notAFailedServer() throws IOException {
    assertThat(start("absent", Map.of()).stats().state()).isEqualTo(InputStats.State.FAILED);
    input.stop();
    PluginJars.example(folder.resolve("csv.jar"));
    assertThat(start("csv", Map.of("port", "many")).stats().state())
        .isEqualTo(InputStats.State.FAILED);
    input.stop();
    assertThat(start("csv", Map.of("prot", "1")).stats().state())
        .isEqualTo(InputStats.State.FAILED);
  }

  @Test
  void inputThatThrows_isFailed_andRunAgain() throws IOException {
    PluginJars.of(
        folder.resolve("bad.jar"),
        InputPlugin.class,
        """
        public String type() { return "bad"; }
        public PluginInput open(PluginInputContext context) {
          RecordSubmitter records = context.submitter("");
          return new PluginInput() {
            int runs;
            public void run() throws Exception {
              records.message("run " + ++runs).end();
              records.submit();
              throw new NoSuchFieldError("run " + runs);
            }
            public void stop() { throw new IllegalStateException("will not"); }
          };
        }
        """);
    start("bad", Map.of());
    await().until(() -> input.stats().state() == InputStats.State.FAILED);
    await().until(() -> intake.size() >= 2);

    assertThat(intake.messages().subList(0, 2)).containsExactly("run 1", "run 2");
    input.stop();
    assertThat(input.stats().state()).isEqualTo(InputStats.State.STOPPED);
  }

  @Test
  void namesOfTheServer_areRefused() throws IOException {
    PluginJars.of(
        folder.resolve("rude.jar"),
        InputPlugin.class,
        """
        public String type() { return "rude"; }
        public PluginInput open(PluginInputContext context) {
          RecordSubmitter records = context.submitter("");
          try {
            records.field("_stream", "x");
          } catch (IllegalArgumentException ex) {
            throw new IllegalStateException("refused");
          }
          return null;
        }
        """);

    assertThat(start("rude", Map.of()).stats().state()).isEqualTo(InputStats.State.FAILED);
    assertThat(intake.size()).isZero();
  }
}
