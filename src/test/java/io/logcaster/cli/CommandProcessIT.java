package io.logcaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Api;
import io.logcaster.LogCasterApplication;
import io.logcaster.RunningServer;
import io.logcaster.TcpPort;
import io.logcaster.ingest.Input;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Commands in processes of their own, as a shell starts them. */
@RunningServer
class CommandProcessIT {

  private final Api api;
  private final int tcpPort;

  CommandProcessIT(@LocalServerPort int port, @Autowired List<Input> inputs) {
    this.api = new Api(port);
    this.tcpPort = TcpPort.of(inputs);
  }

  private static Process start(List<String> flags, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(flags);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(LogCasterApplication.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  @Test
  void commands_doNotStartSpring() throws Exception {
    Process process = start(List.of("-Xlog:class+load"), "--version");
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(output).contains("LogCaster ").contains("picocli.CommandLine");
    assertThat(output.lines().filter((line) -> line.contains(" org.springframework."))).isEmpty();
  }

  @Test
  void mistypedCommand_startsNoServer() throws Exception {
    Process process = start(List.of(), "qurey", "error");
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(output).contains("qurey").contains("query");
  }

  @Test
  void send_storesTheInputAndTheLastLineWithoutLineFeed() throws Exception {
    Process process = start(List.of(), "send", "--tcp", "127.0.0.1:" + tcpPort);
    try (OutputStream input = process.getOutputStream()) {
      input.write("{\"_msg\":\"one\",\"app\":\"cli-send\"}\n".getBytes(StandardCharsets.UTF_8));
      input.write("{\"_msg\":\"two\",\"app\":\"cli-send\"}".getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(api.get("/api/v1/query?query=app:=cli-send").body().lines())
        .hasSize(2)
        .anyMatch((line) -> line.contains("\"one\""))
        .anyMatch((line) -> line.contains("\"two\""));
  }
}
