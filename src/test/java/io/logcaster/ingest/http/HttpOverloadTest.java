package io.logcaster.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.ingest.json.JsonNames;
import io.logcaster.ingest.json.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;

/** A request is taken as a whole or not at all. */
class HttpOverloadTest {

  /** More than a batch holds. */
  private static final int MANY = 10_000;

  private static final String LINE = "{\"_msg\":\"m\"}\n";

  private final HttpInputTester tester = new HttpInputTester();

  private HttpRecords.Result receive(MockHttpServletRequest request) throws Exception {
    return RequestReceiver.receive(
        request,
        tester.input.context(),
        List.of(),
        (body, records) ->
            LineBodies.lines(
                BodyBuffer.ofObjects(body, 256 << 10),
                new JsonParser(records.writer(), JsonNames.DEFAULT, 256 << 10),
                records));
  }

  private static byte[] lines(int count) {
    return LINE.repeat(count).getBytes(StandardCharsets.US_ASCII);
  }

  private void assertRefused(MockHttpServletRequest request, HttpStatus status) {
    assertThatThrownBy(() -> receive(request))
        .isInstanceOfSatisfying(
            RefusedException.class, (refused) -> assertThat(refused.status()).isEqualTo(status));
    assertThat(tester.intake.size()).isZero();
    assertThat(tester.metrics.received()).isZero();
  }

  @Test
  void manyRecords_areAcceptedTogether() throws Exception {
    assertThat(receive(HttpInputTester.request("application/json", lines(MANY))).accepted())
        .isEqualTo(MANY);
    assertThat(tester.intake.batches()).isGreaterThan(1);
  }

  @Test
  void noRoom_is429ForTheWholeRequest_withRetryAfter() {
    tester.intake.full(true);
    MockHttpServletRequest request = HttpInputTester.request("application/json", lines(MANY));
    assertThatThrownBy(() -> receive(request))
        .isInstanceOfSatisfying(
            RefusedException.class,
            (refused) -> assertThat(refused.headers().getFirst("Retry-After")).isEqualTo("1"));
    assertRefused(request, HttpStatus.TOO_MANY_REQUESTS);
  }

  @Test
  void bodyThatTurnsOutTooLarge_storesNothing() throws IOException {
    byte[] lines = lines(MANY);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(lines);
      byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
      for (long sent = lines.length; sent <= RequestBody.LIMIT; sent += spaces.length) {
        gzip.write(spaces);
      }
    }
    MockHttpServletRequest request =
        HttpInputTester.request("application/json", packed.toByteArray());
    request.addHeader("Content-Encoding", "gzip");
    assertRefused(request, HttpStatus.CONTENT_TOO_LARGE);
  }

  @Test
  void truncatedBody_storesNothing() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(lines(MANY));
    }
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
    byte[] half = packed.toByteArray();
    request.setContent(Arrays.copyOf(half, half.length - 9));
    request.addHeader("Content-Encoding", "gzip");
    assertRefused(request, HttpStatus.BAD_REQUEST);
  }

  @Test
  void slowBody_isAborted() throws IOException {
    AtomicLong seconds = new AtomicLong();
    InputStream body =
        RequestBody.of(
            new ByteArrayInputStream(lines(MANY)),
            "",
            () -> TimeUnit.SECONDS.toNanos(seconds.getAndAdd(10)));
    assertThatThrownBy(
            () -> {
              while (body.read() >= 0) {
                // a byte each ten seconds
              }
            })
        .isInstanceOf(TooSlowException.class);
  }
}
