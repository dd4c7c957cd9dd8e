package io.logcaster.ingest.http;

import io.logcaster.ingest.IngestProperties;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.RecordingIntake;
import io.logcaster.ingest.text.Decoding;
import io.logcaster.pipeline.InputMetrics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;

/**
 * What the tests of HTTP protocols have in common: an input that hands in to a recording intake.
 */
final class HttpInputTester {

  final RecordingIntake intake = new RecordingIntake();
  final InputMetrics metrics = new InputMetrics("test");
  final HttpInput input =
      new HttpInput(
          new InputContext(
              intake, metrics, List.of("host", "app"), ZoneOffset.UTC, Clock.systemUTC()),
          () -> "127.0.0.1:0");
  final IngestProperties properties =
      new IngestProperties(List.of("host", "app"), DataSize.ofKilobytes(256), null, 0, 0);

  static MockHttpServletRequest request(String type, byte[] body) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
    request.setContentType(type);
    request.setContent(body);
    return request;
  }

  static MockHttpServletRequest request(String type, String body) {
    return request(type, body.getBytes(StandardCharsets.UTF_8));
  }

  /** A record as a map, in the order it came. */
  Map<String, String> record(int number) {
    return Decoding.fields(intake.records().get(number));
  }
}
