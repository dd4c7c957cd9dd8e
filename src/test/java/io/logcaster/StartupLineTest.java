package io.logcaster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What the operator sees of a start that works: one line. */
@Isolated("other classes print lines too")
@ExtendWith(OutputCaptureExtension.class)
class StartupLineTest extends ServerStarts {

  @Test
  void start_saysInOneLineWhereEverythingIs(CapturedOutput output) {
    try (var server = start("--server.servlet.context-path=/logs")) {
      assertThat(output.getAll().lines().filter((line) -> line.contains("INFO")))
          .singleElement()
          .asString()
          .contains("LogCaster is ready after")
          .contains("console http://127.0.0.1:" + server.getWebServer().getPort() + "/logs/")
          .contains("data " + data);

      assertFails(List.of(), "is in use by another running LogCaster", "logcaster.data.dir");
    }
  }
}
