package io.logcaster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The console in a real browser: runs the browser test that lives beside the console's sources. */
@RunningServer
class ConsoleIT {

  private final int port;

  ConsoleIT(@LocalServerPort int port) {
    this.port = port;
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES) // a browser starts slowly on a busy machine
  void everyPage_worksInABrowser() throws IOException, InterruptedException {
    boolean windows = File.separatorChar == '\\';
    ProcessBuilder npm =
        new ProcessBuilder(windows ? "npm.cmd" : "npm", "run", "e2e")
            .directory(Path.of("frontend").toFile())
            .redirectErrorStream(true);
    npm.environment().put("LOGCASTER_URL", "http://127.0.0.1:" + port);

    Process browser = npm.start();
    try {
      String output = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(browser.waitFor()).as(output).isZero();
    } finally {
      browser.descendants().forEach(ProcessHandle::destroyForcibly);
      browser.destroyForcibly();
    }
  }
}
