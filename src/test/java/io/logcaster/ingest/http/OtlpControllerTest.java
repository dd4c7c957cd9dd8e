package io.logcaster.ingest.http;

import static io.logcaster.ingest.http.HttpInputTester.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OtlpControllerTest {

  private final HttpInputTester tester = new HttpInputTester();
  private final OtlpController controller = new OtlpController(tester.input, tester.properties);

  private static Proto attribute(String name, Proto value) {
    return new Proto().text(1, name).message(2, value);
  }

  private static byte[] logs() {
    Proto record =
        new Proto()
            .fixed(1, 1_763_600_000_000_000_009L)
            .number(2, 14)
            .text(3, "WARN2")
            .message(5, new Proto().text(1, "body"))
            .message(6, attribute("n", new Proto().number(3, -7)))
            .message(6, attribute("d", new Proto().fixed(4, Double.doubleToLongBits(7.0))))
            .message(6, attribute("b", new Proto().number(2, 1)))
            .message(
                6,
                attribute(
                    "list",
                    new Proto()
                        .message(
                            5,
                            new Proto()
                                .message(1, new Proto().text(1, "x\""))
                                .message(1, new Proto().number(3, 2)))))
            .message(
                6,
                attribute(
                    "map",
                    new Proto()
                        .message(
                            6, new Proto().message(1, attribute("k", new Proto().text(1, "v"))))))
            .fixed32(8, 1)
            .bytes(9, new byte[] {1, (byte) 0xab})
            .bytes(10, new byte[] {2});
    Proto scope =
        new Proto()
            .message(2, record)
            .message(2, new Proto().message(5, new Proto().text(1, "bare")))
            .message(1, new Proto().text(1, "lib").text(2, "1.0"));
    Proto resource = new Proto().message(1, attribute("service.name", new Proto().text(1, "shop")));
    return new Proto().message(1, new Proto().message(2, scope).message(1, resource)).bytes();
  }

  @Test
  void protobuf_isParsed() throws Exception {
    var answer = controller.logs(request("application/x-protobuf", logs()));
    assertThat(answer.getStatusCode().value()).isEqualTo(200);
    assertThat(answer.getBody()).isEmpty();
    assertThat(answer.getHeaders().getFirst("Content-Type")).isEqualTo("application/x-protobuf");
    assertThat(tester.record(0))
        .containsEntry("_time", "2025-11-20T00:53:20.000000009Z")
        .containsEntry("_msg", "body")
        .containsEntry("level", "WARN")
        .containsEntry("level_original", "WARN2")
        .containsEntry("service.name", "shop")
        .containsEntry("app", "shop")
        .containsEntry("n", "-7")
        .containsEntry("d", "7")
        .containsEntry("b", "true")
        .containsEntry("list", "[\"x\\\"\",2]")
        .containsEntry("map.k", "v")
        .containsEntry("scope.name", "lib")
        .containsEntry("scope.version", "1.0")
        .containsEntry("trace_id", "01ab")
        .containsEntry("span_id", "02");
    assertThat(tester.record(1)).containsEntry("_msg", "bare").containsEntry("app", "shop");
  }

  @Test
  void json_isParsed() throws Exception {
    String body =
        """
        {"resourceLogs":[{"resource":{"attributes":[{"key":"host.name","value":{"stringValue":"h"}}]},
          "scopeLogs":[{"scope":{},"logRecords":[{"timeUnixNano":"1763600000000000009","severityNumber":9,
            "body":{"kvlistValue":{"values":[{"key":"a","value":{"intValue":"1"}}]}},"unknown":{},
            "attributes":[{"key":"n","value":{"intValue":7}},{"key":"d","value":{"doubleValue":0.5}},
              {"key":"m","value":{"kvlistValue":{"values":[{"key":"k","value":{"boolValue":false}}]}}}],
            "traceId":"abcd"}]}]}]}
        """;
    var answer = controller.logs(request("application/json", body));
    assertThat(new String(answer.getBody(), StandardCharsets.UTF_8))
        .isEqualTo("{\"partialSuccess\":{}}");
    assertThat(tester.record(0))
        .containsEntry("_time", "2025-11-20T00:53:20.000000009Z")
        .containsEntry("_msg", "{\"a\":1}")
        .containsEntry("level", "INFO")
        .containsEntry("host", "h")
        .containsEntry("n", "7")
        .containsEntry("d", "0.5")
        .containsEntry("m.k", "false")
        .containsEntry("trace_id", "abcd");
  }

  @Test
  void errors_areAStatusInTheRequestsMediaType() throws Exception {
    byte[] cut = Arrays.copyOf(logs(), 40);
    var protobuf = controller.logs(request("application/x-protobuf", cut));
    assertThat(protobuf.getStatusCode().value()).isEqualTo(400);
    assertThat(protobuf.getBody()).startsWith(1 << 3, 3, 2 << 3 | 2);
    assertThat(
            controller
                .logs(request("application/json", "{\"resourceLogs\":{}}"))
                .getStatusCode()
                .value())
        .isEqualTo(400);
    var json = controller.logs(request("application/json", "nonsense"));
    assertThat(json.getStatusCode().value()).isEqualTo(400);
    assertThat(new String(json.getBody(), StandardCharsets.UTF_8)).startsWith("{\"code\":3,");
    tester.intake.full(true);
    assertThat(controller.logs(request("application/x-protobuf", logs())).getStatusCode().value())
        .isEqualTo(429);
  }
}
