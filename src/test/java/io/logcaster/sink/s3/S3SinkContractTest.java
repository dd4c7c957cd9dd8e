package io.logcaster.sink.s3;

import io.logcaster.s3.S3Server;
import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkContract;
import io.logcaster.sink.SinkTesting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class S3SinkContractTest extends SinkContract {

  @TempDir Path directory;

  private S3Server server;

  @BeforeEach
  void start() throws IOException {
    server = new S3Server();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  protected Sink open() {
    return SinkTesting.open(
        new S3SinkType(),
        Map.of(
            "endpoint",
            server.endpoint(),
            "bucket",
            "logs",
            "accessKey",
            S3Server.ACCESS_KEY,
            "secretKey",
            S3Server.SECRET_KEY),
        SinkTesting.context("archive", directory, Duration.ofSeconds(5)));
  }

  @Override
  protected List<String> received(int atLeast) throws IOException {
    return Archives.messages(server);
  }

  @Override
  protected void fail() {
    server.failing(() -> new S3Server.Failure(503, "SlowDown", false));
  }

  @Override
  protected void mend() {
    server.failing(null);
  }
}
