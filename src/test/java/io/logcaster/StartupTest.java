package io.logcaster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/**
 * What the operator sees of a start: one line when it works, advice without a stack trace when not.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartupTest {

  @TempDir Path data;

  @Test
  void start_saysInOneLineWhereEverythingIs(CapturedOutput output) {
    try (var server = start()) {
      assertThat(output.getAll().lines().filter((line) -> line.contains("INFO")))
          .singleElement()
          .asString()
          .contains("LogCaster is ready after")
          .contains("console http://127.0.0.1:" + server.getWebServer().getPort() + "/")
          .contains("data " + data);

      assertFails(
          output, List.of(), "is in use by another running LogCaster", "logcaster.data.dir");
    }
  }

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
  void wideAddressWithoutCredentials_isRefused(CapturedOutput output) {
    assertFails(
        output,
        List.of("--server.address=0.0.0.0"),
        "server.address=0.0.0.0",
        "logcaster.security.username");
  }

  @Test
  void unknownSetting_isNamed(CapturedOutput output) {
    assertFails(
        output,
        List.of("--logcaster.data.dri=/elsewhere"),
        "logcaster.data.dri",
        "did you mean logcaster.data.dir?");
  }

  @Test
  void settingOfTheWrongType_isNamed(CapturedOutput output) {
    assertFails(
        output,
        List.of("--logcaster.storage.min-free-space=plenty"),
        "logcaster.storage.min-free-space cannot be 'plenty': expected a size such as 256KB");
  }

  @Test
  void retentionRuleThatDoesNotParse_isNamed(CapturedOutput output) {
    assertFails(
        output,
        List.of(
            "--logcaster.retention.rules[0].filter=level:<(",
            "--logcaster.retention.rules[0].max-age=3d"),
        "logcaster.retention.rules[0].filter cannot be 'level:<('",
        "column");
  }

  @Test
  void portInUse_isNamed(CapturedOutput output) throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertFails(
          output,
          List.of("--server.port=" + other.getLocalPort()),
          "HTTP port " + other.getLocalPort() + " is in use",
          "server.port");
    }
  }

  @Test
  void tcpPortInUse_isNamed(CapturedOutput output) throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertFails(
          output,
          List.of("--logcaster.tcp.port=" + other.getLocalPort()),
          "logcaster.tcp.port",
          String.valueOf(other.getLocalPort()));
    }
  }

  @Test
  void dataDirectoryThatIsAFile_isNamed(CapturedOutput output) throws IOException {
    Path file = Files.createFile(data.resolve("file"));
    assertFails(
        output, List.of("--logcaster.data.dir=" + file), file.toString(), "logcaster.data.dir");
  }

  @Test
  void filesOfAnotherVersion_areNamedAndLeftAlone(CapturedOutput output) throws IOException {
    Path file = Files.createDirectories(data.resolve("wal")).resolve("0000000001.wal");
    byte[] later = {'L', 'C', 'W', 'A', 'L', 0, 0, 99};
    Files.write(file, later);
    assertFails(
        output, List.of(), file.toString(), "version 99", "reads version", "Start the LogCaster");
    assertThat(file).hasBinaryContent(later);
    // Not even the database was made.
    try (var files = Files.list(data)) {
      assertThat(files.map((path) -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("wal", "LOCK");
    }
  }

  private void assertFails(CapturedOutput output, List<String> arguments, String... expected) {
    int before = output.getAll().length();

    assertThatThrownBy(() -> start(arguments.toArray(String[]::new)).close())
        .isInstanceOf(RuntimeException.class);

    assertThat(output.getAll().substring(before))
        .contains("APPLICATION FAILED TO START")
        .contains(expected)
        .doesNotContain("\tat ");
  }

  private ServletWebServerApplicationContext start(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    addDefault(all, "--server.port=", "0");
    addDefault(all, "--logcaster.tcp.port=", "0");
    addDefault(all, "--logcaster.udp.port=", "0");
    addDefault(all, "--logcaster.data.dir=", data.toString());
    return (ServletWebServerApplicationContext)
        SpringApplication.run(LogCasterApplication.class, all.toArray(String[]::new));
  }

  private static void addDefault(List<String> arguments, String option, String value) {
    if (arguments.stream().noneMatch((argument) -> argument.startsWith(option))) {
      arguments.add(option + value);
    }
  }
}
