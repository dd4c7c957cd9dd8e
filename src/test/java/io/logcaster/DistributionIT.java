package io.logcaster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code package} leaves in target/logcaster/, started as its user starts it. */
class DistributionIT {

  private static final Path HOME = Path.of("target/logcaster").toAbsolutePath();

  private static final Pattern READY =
      Pattern.compile("console (http://127\\.0\\.0\\.1:\\d+)/, TCP 127\\.0\\.0\\.1:(\\d+)");

  @TempDir private Path directory;

  private Process start(Map<String, String> environment, Path script, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder.start();
  }

  private String run(Map<String, String> environment, Path script, String... arguments)
      throws IOException, InterruptedException {
    Process process = start(environment, script, arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void launcher_startsTheServerFromTheCacheAndItsCommands() throws Exception {
    Path script = Files.createSymbolicLink(directory.resolve("lc"), HOME.resolve("bin/logcaster"));
    // The JVM ends with an error where it cannot use the cache.
    Process server =
        start(
            Map.of("JAVA_OPTS", "-XX:AOTMode=on -Xmx200m", "LOGCASTER_CACHE_DIR", HOME + "/lib"),
            script,
            "--server.port=0",
            "--logcaster.tcp.port=0",
            "--logcaster.udp.port=-1",
            "--logcaster.data.dir=" + directory.resolve("data"));
    try (BufferedReader output = server.inputReader(StandardCharsets.UTF_8)) {
      StringBuilder said = new StringBuilder();
      Matcher ready = READY.matcher("");
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        said.append(line).append('\n');
        if (ready.reset(line).find()) {
          break;
        }
      }
      assertThat(server.isAlive()).as(said.toString()).isTrue();
      try (Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(ready.group(2)))) {
        socket.getOutputStream().write("from the distribution\n".getBytes(StandardCharsets.UTF_8));
      }
      String url = ready.group(1);
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () ->
                  run(Map.of("LOGCASTER_URL", url), script, "query", "-o", "json", "distribution")
                      .contains("from the distribution"));
    } finally {
      server.destroy();
      assertThat(server.waitFor()).as("ended by the signal of a usual stop").isEqualTo(143);
    }
  }

  @Test
  void archive_holdsWhatTheDirectoryHoldsWithoutTheCache() throws Exception {
    run(Map.of(), Path.of("/bin/sh"), "-c", "tar xzf " + HOME + ".tar.gz");

    Path unpacked = directory.resolve("logcaster");
    assertThat(unpacked.resolve("bin/logcaster")).isExecutable();
    assertThat(unpacked.resolve("lib/logcaster.jar")).hasSize(jarSize());
    assertThat(unpacked.resolve("lib/logcaster.aot")).doesNotExist();
    assertThat(unpacked.resolve("lib/systemd/logcaster.service")).isNotEmptyFile();
    assertThat(unpacked.resolve("share/completion/logcaster.bash")).content().contains("complete");
    assertThat(run(Map.of(), unpacked.resolve("bin/logcaster"), "--version"))
        .startsWith("LogCaster ");
  }

  private static long jarSize() throws IOException {
    return Files.size(HOME.resolve("lib/logcaster.jar"));
  }
}
