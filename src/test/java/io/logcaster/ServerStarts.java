package io.logcaster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** Starts of a server in this process, on free ports and in a directory of the test. */
@Execution(ExecutionMode.SAME_THREAD)
abstract class ServerStarts {

  @TempDir Path data;

  /** Starts with arguments that must fail, with words that the advice must have. */
  final void assertFails(List<String> arguments, String... expected) {
    try (ThreadOutput output = new ThreadOutput()) {
      assertThatThrownBy(() -> start(arguments.toArray(String[]::new)).close())
          .isInstanceOf(RuntimeException.class);

      assertThat(output.text())
          .contains("APPLICATION FAILED TO START")
          .contains(expected)
          .doesNotContain("\tat ");
    }
  }

  final ServletWebServerApplicationContext start(String... arguments) {
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
