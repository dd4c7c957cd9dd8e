package io.logcaster.ingest.docker;

import io.logcaster.ingest.Input;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.InputContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A container's lines are the records of the input. */
class DockerInputContractTest extends InputContract {

  @TempDir private Path directory;

  private FakeDocker docker;
  private FakeDocker.Box box;
  private Instant time = Instant.parse("2026-11-20T07:10:00.123456789Z");

  @BeforeEach
  void openDocker() throws IOException {
    docker = new FakeDocker(directory.resolve("docker.sock"));
    box = docker.add("ab", "shop-cart-1");
    box.started = "2010-01-01T00:00:00Z"; // before what is read, so that it gives no record
  }

  @AfterEach
  void closeDocker() throws IOException {
    docker.close();
  }

  @Override
  protected Input create(InputContext context) {
    return new DockerInput(
        new DockerProperties(
            directory.resolve("docker.sock").toString(),
            Set.of(),
            Duration.ofDays(3_650),
            Duration.ZERO),
        context,
        directory.resolve("docker.positions"),
        256 << 10);
  }

  @Override
  protected void send(String address, String line) {
    time = time.plusSeconds(1);
    docker.log(box, false, time.toString(), line + "\n");
  }
}
