package io.logcaster.ingest.http;

import static io.logcaster.ingest.http.HttpInputTester.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class LokiControllerTest {

  private final HttpInputTester tester = new HttpInputTester();
  private final LokiController controller = new LokiController(tester.input, tester.properties);

  private static Proto entry(long seconds, long nanos, String line) {
    return new Proto()
        .message(1, new Proto().number(1, seconds).number(2, nanos))
        .text(2, line)
        .message(3, new Proto().text(1, "trace").text(2, "t1"));
  }

  private static byte[] push() {
    return new Proto()
        .message(
            1,
            new Proto()
                .text(1, "{job=\"shop\", env=\"a\\\"b\"}")
                .message(2, entry(1763600000, 5, "one\nline"))
                .message(2, entry(1763600001, 0, "two")))
        .bytes();
  }

  /** One literal after the other, as much as the format lets one have. */
  static byte[] snappy(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    int left = bytes.length;
    while (left > 0x7f) {
      packed.write((left & 0x7f) | 0x80);
      left >>= 7;
    }
    packed.write(left);
    for (int at = 0; at < bytes.length; at += 60) {
      int count = Math.min(60, bytes.length - at);
      packed.write((count - 1) << 2);
      packed.write(bytes, at, count);
    }
    return packed.toByteArray();
  }

  /** Some senders name as an encoding what Loki's body always is. */
  @Test
  void encodingSnappy_leavesTheBodyUnchanged() throws Exception {
    MockHttpServletRequest request = request("application/x-protobuf", snappy(push()));
    request.addHeader("Content-Encoding", "snappy");
    assertThat(controller.push(request).getStatusCode().value()).isEqualTo(204);
    assertThat(tester.intake.messages()).containsExactly("one\nline", "two");
  }

  @Test
  void protobuf_isParsed() throws Exception {
    MockHttpServletRequest request = request("application/x-protobuf", snappy(push()));
    request.addHeader("X-Scope-OrgID", "acme");
    assertThat(controller.push(request).getStatusCode().value()).isEqualTo(204);
    assertThat(tester.record(0))
        .containsEntry("_time", "2025-11-20T00:53:20.000000005Z")
        .containsEntry("_msg", "one\nline")
        .containsEntry("job", "shop")
        .containsEntry("app", "shop")
        .containsEntry("env", "a\"b")
        .containsEntry("trace", "t1")
        .containsEntry("tenant", "acme");
    assertThat(tester.record(1)).containsEntry("_msg", "two");
  }

  @Test
  void snappyCopies_areDecompressed() throws Exception {
    byte[] packed = {20, 4 << 2, 97, 98, 99, 100, 101, 1 | 6 << 2, 5, 2 | 4 << 2, 1, 0};
    assertThat(Snappy.unpack(packed, packed.length, 100))
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo("abcdeabcdeabcdeeeeee");
  }

  @Test
  void json_inBothFormats_isParsed() throws Exception {
    String present =
        "{\"streams\":[{\"stream\":{\"app\":\"a\"},\"values\":[[\"1763600000000000007\",\"one\",{\"k\":\"v\"}],[\"1763600000000000008\",\"two\"]]}]}";
    String former =
        "{\"streams\":[{\"labels\":\"{app=`b`, \\\"pod"
            + " name\\\"=\\\"p\\\"}\",\"entries\":[{\"ts\":\"2025-11-20T00:53:20.5Z\",\"line\":\"three\"}]}]}";
    assertThat(controller.push(request("application/json", present)).getStatusCode().value())
        .isEqualTo(204);
    assertThat(
            controller
                .push(request("application/json; charset=utf-8", former))
                .getStatusCode()
                .value())
        .isEqualTo(204);
    assertThat(tester.intake.messages()).containsExactly("one", "two", "three");
    assertThat(tester.record(0))
        .containsEntry("_time", "2025-11-20T00:53:20.000000007Z")
        .containsEntry("k", "v")
        .containsEntry("app", "a");
    assertThat(tester.record(2))
        .containsEntry("_time", "2025-11-20T00:53:20.5Z")
        .containsEntry("app", "b")
        .containsEntry("pod name", "p");
  }

  @Test
  void invalidPush_is400InPlainText() throws Exception {
    byte[] lying = {(byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0};
    byte[] cut = snappy(push());
    for (MockHttpServletRequest request :
        new MockHttpServletRequest[] {
          request("application/json", "nonsense"),
          request("application/json", "5"),
          request("application/json", "{\"streams\":5}"),
          request("application/json", "{\"stream\":[]}"),
          request("application/json", "{\"streams\":[5]}"),
          request("application/json", "{\"streams\":[{\"values\":{\"a\":1}}]}"),
          request("application/json", "{\"streams\":[{\"values\":[[1]]}]}"),
          request("application/json", "{\"streams\":[{\"values\":[[\"x\",\"y\"]]}]}"),
          request("application/x-protobuf", lying),
          request("application/x-protobuf", Arrays.copyOf(cut, cut.length - 3)),
          request(
              "application/x-protobuf",
              snappy(new Proto().message(1, new Proto().text(1, "{a=")).bytes()))
        }) {
      var answer = controller.push(request);
      assertThat(answer.getStatusCode().value()).isEqualTo(400);
      assertThat(answer.getHeaders().getContentType()).hasToString("text/plain");
    }
    assertThat(tester.intake.size()).isZero();
  }

  /** As pino-loki, Logback with a JSON layout and agents that follow a container's output send. */
  @Test
  void jsonRecordLine_setsItsFields_butOuterFieldsTakePrecedence() throws Exception {
    String line = "{\"level\":50,\"time\":7,\"msg\":\"m\\nn\",\"job\":\"inner\",\"a\":{\"b\":1}}";
    byte[] push =
        new Proto()
            .message(
                1,
                new Proto()
                    .text(1, "{job=\"shop\"}")
                    .message(2, entry(1763600000, 0, line))
                    .message(2, entry(1763600001, 0, "{\"msg\":\"only\"}")))
            .bytes();
    controller.push(request("application/x-protobuf", snappy(push)));
    assertThat(tester.record(0))
        .containsEntry("_time", "2025-11-20T00:53:20Z")
        .containsEntry("_msg", "m\nn")
        .containsEntry("level", "ERROR")
        .containsEntry("job", "shop")
        .containsEntry("time", "7")
        .containsEntry("a.b", "1")
        .containsEntry("trace", "t1");
    assertThat(tester.record(1)).containsEntry("_msg", "{\"msg\":\"only\"}");

    MockHttpServletRequest plain = request("application/x-protobuf", snappy(push));
    plain.setQueryString("disable_message_parsing=1");
    controller.push(plain);
    assertThat(tester.record(2)).containsEntry("_msg", line);
  }
}
