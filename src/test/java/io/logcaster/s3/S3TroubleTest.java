package io.logcaster.s3;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a bucket says of storages that refuse, that hang and that break off. */
class S3TroubleTest {

  private static S3Bucket bucket(String endpoint, String secret, Duration patience) {
    return new S3Bucket(
        new S3Address(URI.create(endpoint), "bucket", true),
        new AwsSignature(S3Server.ACCESS_KEY, secret, null, "us-east-1", "s3", Clock.systemUTC()),
        patience);
  }

  @ParameterizedTest
  @CsvSource({
    "403, SignatureDoesNotMatch, the secret key",
    "403, InvalidAccessKeyId, the access key",
    "403, AccessDenied, the right",
    "403, RequestTimeTooSkewed, the clocks",
    "400, ExpiredToken, session token",
    "400, AuthorizationHeaderMalformed, region",
    "404, NoSuchBucket, no such bucket"
  })
  void refusals_nameTheirRemedy(int status, String code, String remedy) throws IOException {
    try (S3Server server = new S3Server();
        S3Bucket bucket = bucket(server.endpoint(), S3Server.SECRET_KEY, Duration.ofMinutes(1))) {
      server.failing(() -> new S3Server.Failure(status, code, false));
      assertThatThrownBy(() -> bucket.put("key", new byte[3]))
          .isInstanceOf(S3RefusedException.class)
          .hasMessageContainingAll(code, "/bucket/key", remedy);
      assertThatThrownBy(() -> bucket.get("key", OutputStream.nullOutputStream()))
          .isInstanceOf(S3RefusedException.class)
          .hasMessageContaining(remedy);
      assertThatThrownBy(() -> bucket.get("key", 0, 3)).isInstanceOf(S3RefusedException.class);
      assertThatThrownBy(() -> bucket.list("")).isInstanceOf(S3RefusedException.class);
    }
  }

  @Test
  void wrongKey_isNotInTheMessage() throws IOException {
    try (S3Server server = new S3Server();
        S3Bucket bucket = bucket(server.endpoint(), "guess", Duration.ofMinutes(1))) {
      assertThatThrownBy(() -> bucket.get("key", OutputStream.nullOutputStream()))
          .isInstanceOf(S3RefusedException.class)
          .hasMessageContaining("SignatureDoesNotMatch")
          .hasMessageNotContaining("guess");
    }
  }

  @Test
  void missingObject_isToldFromAMissingBucket() throws IOException {
    try (S3Server server = new S3Server();
        S3Bucket bucket = bucket(server.endpoint(), S3Server.SECRET_KEY, Duration.ofMinutes(1))) {
      assertThatThrownBy(() -> bucket.get("key", OutputStream.nullOutputStream()))
          .isInstanceOf(NoSuchFileException.class);
    }
  }

  /** A server that begins every answer and sends no more than half of it. */
  private static final class Half implements AutoCloseable {

    private final HttpServer server;
    private final CountDownLatch done = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Half(boolean hangs) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(threads);
      server.createContext(
          "/",
          (exchange) -> {
            exchange.sendResponseHeaders(200, 20);
            exchange.getResponseBody().write("ten bytes.".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            if (hangs) {
              try {
                done.await();
              } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
              }
            }
            exchange.close();
          });
      server.start();
    }

    String endpoint() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
      done.countDown();
      server.stop(0);
      threads.close();
    }
  }

  @Test
  void answerThatStandsStill_isGivenUp() throws IOException {
    try (Half server = new Half(true);
        S3Bucket bucket = bucket(server.endpoint(), "secret", Duration.ofMillis(200))) {
      assertThatThrownBy(() -> bucket.get("key", new ByteArrayOutputStream()))
          .isInstanceOf(S3UnreachableException.class)
          .hasMessageContaining(server.endpoint());
      assertThatThrownBy(() -> bucket.get("key", 0, 20)).isInstanceOf(S3UnreachableException.class);
      assertThatThrownBy(() -> bucket.list("")).isInstanceOf(S3UnreachableException.class);
    }
  }

  @Test
  void answerThatIsCutOff_isNotTaken() throws IOException {
    try (Half server = new Half(false);
        S3Bucket bucket = bucket(server.endpoint(), "secret", Duration.ofMinutes(1))) {
      assertThatThrownBy(() -> bucket.get("key", new ByteArrayOutputStream()))
          .isInstanceOf(S3UnreachableException.class);
      assertThatThrownBy(() -> bucket.get("key", 0, 20)).isInstanceOf(S3UnreachableException.class);
    }
  }
}
