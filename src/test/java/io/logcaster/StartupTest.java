package io.logcaster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the operator sees of a start that fails: advice without a stack trace. */
class StartupTest extends ServerStarts {

  @Test
  void credentials_guardAllButHealth() {
    try (var server =
        start(
            "--logcaster.security.username=ops",
            "--logcaster.security.password=secret",
            "--server.address=127.0.0.1")) {
      Api api = new Api(server.getWebServer().getPort());

      assertThat(api.get("/v3/api-docs").statusCode()).isEqualTo(401);
      assertThat(api.get("/actuator/health").body())
          .contains("status")
          .doesNotContain("components");
      // ops:secret
      assertThat(api.get("/v3/api-docs", "Authorization", "Basic b3BzOnNlY3JldA==").statusCode())
          .isEqualTo(200);
      assertThat(api.get("/actuator/health", "Authorization", "Basic b3BzOnNlY3JldA==").body())
          .contains("components");
    }
  }

  @Test
  void wideAddressWithoutCredentials_isRefused() {
    assertFails(
        List.of("--server.address=0.0.0.0"),
        "server.address=0.0.0.0",
        "logcaster.security.username");
  }

  @Test
  void unknownSetting_isNamed() {
    assertFails(
        List.of("--logcaster.data.dri=/elsewhere"),
        "logcaster.data.dri",
        "did you mean logcaster.data.dir?");
  }

  @Test
  void settingOfTheWrongType_isNamed() {
    assertFails(
        List.of("--logcaster.storage.min-free-space=plenty"),
        "logcaster.storage.min-free-space cannot be 'plenty': expected a size such as 256KB");
  }

  @Test
  void retentionRuleThatDoesNotParse_isNamed() {
    assertFails(
        List.of(
            "--logcaster.retention.rules[0].filter=level:<(",
            "--logcaster.retention.rules[0].max-age=3d"),
        "logcaster.retention.rules[0].filter cannot be 'level:<('",
        "column");
  }

  @Test
  void portInUse_isNamed() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertFails(
          List.of("--server.port=" + other.getLocalPort()),
          "HTTP port " + other.getLocalPort() + " is in use",
          "server.port");
    }
  }

  @Test
  void tcpPortInUse_isNamed() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertFails(
          List.of("--logcaster.tcp.port=" + other.getLocalPort()),
          "logcaster.tcp.port",
          String.valueOf(other.getLocalPort()));
    }
  }

  @Test
  void dataDirectoryThatIsAFile_isNamed() throws IOException {
    Path file = Files.createFile(data.resolve("file"));
    assertFails(List.of("--logcaster.data.dir=" + file), file.toString(), "logcaster.data.dir");
  }

  @Test
  void filesOfAnotherVersion_areNamedAndLeftAlone() throws IOException {
    Path file = Files.createDirectories(data.resolve("wal")).resolve("0000000001.wal");
    byte[] later = {'L', 'C', 'W', 'A', 'L', 0, 0, 99};
    Files.write(file, later);
    assertFails(List.of(), file.toString(), "version 99", "reads version", "Start the LogCaster");
    assertThat(file).hasBinaryContent(later);
    // Not even the database was made.
    try (var files = Files.list(data)) {
      assertThat(files.map((path) -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("wal", "LOCK");
    }
  }
}
