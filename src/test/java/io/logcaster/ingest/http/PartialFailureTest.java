package io.logcaster.ingest.http;

import static io.logcaster.ingest.http.HttpInputTester.request;
import static io.logcaster.ingest.http.LokiControllerTest.snappy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.logcaster.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Good records among malformed ones are stored, and the answer and the counters tell of both. */
class PartialFailureTest {

  private static final JsonMapper JSON = new JsonMapper();

  /** What stands in the place of an object, each one element. */
  private static final List<String> BROKEN =
      List.of(
          "5",
          "null",
          "\"text, with {\\\"braces\\\": 1}\"",
          "nonsense",
          "{\"a\":}",
          "{\"a\" 1}",
          "{a:1}",
          "{\"a\":1,}",
          "{\"a\":1 \"b\":2}",
          "{\"a\":[1}",
          "{\"a\":{\"b\":1}",
          "{\"a\":1",
          "{\"a\":\"b}",
          "{\"a",
          "{\"a\":\"he said \"no\" to me\"}",
          "{\"a\":\"5\" disk\"}",
          "{\"a\":[{\"b\":1},{\"c\":2}],\"d\"}");

  private final HttpInputTester tester = new HttpInputTester();

  private HttpRecords.Result records(String type, String body) throws Exception {
    RecordsController controller = new RecordsController(tester.input, tester.properties);
    return controller.records(request(type, body));
  }

  /** How a body is made of its elements. */
  private enum Shape {
    ARRAY("application/json", "[", ",", "]"),
    ARRAY_OVER_LINES("application/json", "[\n", ",\n", "\n]"),
    LINES("application/x-ndjson", "", "\n", "\n"),
    LINES_AS_JSON("application/json", "", "\n", "\n"),
    LINES_WITHOUT_TYPE("", "", "\r\n", "");

    final String type;
    final String before;
    final String between;
    final String after;

    Shape(String type, String before, String between, String after) {
      this.type = type;
      this.before = before;
      this.between = between;
      this.after = after;
    }

    String body(List<String> elements) {
      return elements.stream().collect(Collectors.joining(between, before, after));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyElement_isStoredOrRejectedWithItsNumber(Shape shape) throws Exception {
    for (String broken : BROKEN) {
      List<String> elements =
          List.of("{\"msg\":\"one\"}", broken, "{\"msg\":\"two\"}", "{\"msg\":\"three\"}");
      HttpInputTester own = new HttpInputTester();
      HttpRecords.Result result =
          new RecordsController(own.input, own.properties)
              .records(request(shape.type, shape.body(elements)));
      assertThat(own.intake.messages()).as(broken).containsExactly("one", "two", "three");
      assertThat(result.accepted()).as(broken).isEqualTo(3);
      assertThat(result.rejected()).as(broken).isEqualTo(1);
      assertThat(result.errors().getFirst().line()).as(broken).isEqualTo(2);
      assertThat(result.errors().getFirst().reason()).startsWith("json: ");
      assertThat(own.metrics.rejected()).as(broken).containsEntry("parse_error", 1L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void randomBodies_addUp(Shape shape) throws Exception {
    long seed = Seeds.fresh();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<String> elements = new ArrayList<>();
      List<String> good = new ArrayList<>();
      int count = 1 + random.nextInt(30);
      good.add("first");
      elements.add("{\"msg\":\"first\"}");
      for (int i = 0; i < count; i++) {
        if (random.nextInt(3) == 0) {
          elements.add(BROKEN.get(random.nextInt(BROKEN.size())));
        }
        String message = round + "." + i + " }{,[]".repeat(random.nextInt(3));
        good.add(message);
        elements.add(
            "{\"msg\":\"%s\",\"n\":{\"a\":[{\"b\":%d},{\"c\":\"x\"}]},\"pad\":\"%s\"}"
                .formatted(message, i, "p".repeat(random.nextInt(2000))));
      }
      HttpInputTester own = new HttpInputTester();
      HttpRecords.Result result =
          new RecordsController(own.input, own.properties)
              .records(request(shape.type, shape.body(elements)));
      String which =
          Seeds.told(seed)
              + ", round "
              + round
              + " body "
              + shape.body(elements).replaceAll("ppp+", "p");
      assertThat(own.intake.messages()).as(which).containsExactlyElementsOf(good);
      assertThat(result.accepted() + result.rejected()).as(which).isEqualTo(elements.size());
      assertThat(own.metrics.rejected().values().stream().mapToLong((n) -> n).sum())
          .as(which)
          .isEqualTo(result.rejected());
    }
  }

  @Test
  void objectsWithoutSeparators_areSplit_evenAfterABrokenOne() throws Exception {
    HttpRecords.Result result =
        records(
            "application/json",
            "{\"msg\":\"a\"}{\"x\":}{\"msg\":\"b\"} garbage {\"msg\":\"c\"}\0{\"msg\":\"d\"}");
    assertThat(tester.intake.messages()).containsExactly("a", "b", "c", "d");
    assertThat(result.rejected()).isEqualTo(2);
  }

  @Test
  void tooLargeObject_isTruncated_andTheNextOneKept() throws Exception {
    String large = "{\"msg\":\"big\",\"list\":[" + "{\"a\":\"}{\"},".repeat(300_000) + "{}]}";
    HttpRecords.Result result =
        records("application/json", "[" + large + ",{\"msg\":\"next\"}," + large + "]");
    assertThat(tester.intake.messages()).containsExactly("big", "next", "big");
    assertThat(tester.record(0)).containsEntry("_truncated", "true");
    assertThat(tester.record(0).get("list")).hasSize(256 << 10);
    assertThat(result.rejected()).isZero();
  }

  @Test
  void longBrokenElement_affectsNoOther() throws Exception {
    String broken = "{\"msg\":\"x\" oops \"" + "y".repeat(500_000) + ",".repeat(200_000) + "\"}";
    HttpRecords.Result result =
        records(
            "application/json",
            "[{\"msg\":\"one\"}," + broken + ",{\"msg\":\"two\"},{\"msg\":\"three\"}]");
    assertThat(tester.intake.messages()).containsExactly("one", "two", "three");
    assertThat(result.rejected()).isEqualTo(1);
  }

  /** Looking for the next element must not read all of the rest for each of them. */
  @Test
  void bodyOfOnlyBrokenElements_isReadOnce() throws Exception {
    String body = "[" + "{\"a\":\"x\" \"}},".repeat(400_000) + "{\"msg\":\"last\"}]";
    HttpRecords.Result result = records("application/json", body);
    assertThat(result.rejected()).isGreaterThanOrEqualTo(200_000);
  }

  @Test
  void timeOutOfRange_isRejectedByItsNumber() throws Exception {
    tester.intake.latest(1_900_000_000_000_000_000L);
    HttpRecords.Result result =
        records(
            "application/x-ndjson",
            """
            {"msg":"a"}
            {"msg":"b","_time":"2100-01-01T00:00:00Z"}
            {"msg":"c"}
            """);
    assertThat(tester.intake.messages()).containsExactly("a", "c");
    assertThat(result.errors())
        .containsExactly(new HttpRecords.LineError(2, "time out of range: 2100-01-01T00:00:00Z"));
    assertThat(tester.metrics.rejected()).containsExactly(Map.entry("time_out_of_range", 1L));
  }

  @Test
  void refusedRequest_isNotCounted_becauseItIsRetried() {
    tester.intake.full(true);
    assertThat(catchThrowable(() -> records("application/x-ndjson", "broken\n{\"msg\":\"a\"}\n")))
        .isNotNull();
    assertThat(tester.metrics.rejected()).isEmpty();
    assertThat(tester.metrics.received()).isZero();
  }

  @Test
  void splunk_storesTheGoodOnes_andNamesTheBadOne() throws Exception {
    var answer =
        new SplunkController(tester.input, tester.properties)
            .events(
                request(
                    "application/json",
                    "{\"event\":\"a\"}{\"event\":}{\"event\":\"b\"}{\"event\":\"c\"}"));
    assertThat(answer.getStatusCode().value()).isEqualTo(400);
    assertThat(answer.getBody())
        .containsEntry("code", 6)
        .containsEntry("invalid-event-number", 1L)
        .containsEntry("accepted", 3L)
        .containsEntry("rejected", 1L);
    assertThat(tester.intake.messages()).containsExactly("a", "b", "c");
  }

  @Test
  void gelf_storesTheGoodOnes_andReportsTheOthers() throws Exception {
    var answer =
        new GelfController(tester.input, tester.properties)
            .gelf(
                request(
                    "application/json",
                    "[{\"short_message\":\"a\"},{\"short_message\":},{\"short_message\":\"b\"}]"));
    assertThat(answer.getStatusCode().value()).isEqualTo(202);
    assertThat(answer.getBody())
        .isEqualTo(
            new HttpRecords.Result(
                2, 1, List.of(new HttpRecords.LineError(2, "json: expected a value"))));
    assertThat(tester.intake.messages()).containsExactly("a", "b");
  }

  @Test
  void bulk_returnsAnItemForEachAction_whateverIsMalformed() throws Exception {
    tester.intake.latest(1_900_000_000_000_000_000L);
    String body =
        """
        {"create":{}}
        {"message":"a"}
        {"create":
        {"message":"its document"}
        {"index":{}}
        {"message":"b"}
        nonsense
        {"create":{"_index":"x"}}
        {"message":"c","@timestamp":"2100-01-01T00:00:00Z"}
        {"eat":{}}
        {"message":"its document"}
        {"create":{}}
        {"message":
        {"create":{}}
        """;
    var answer =
        new ElasticsearchController(tester.input, tester.properties)
            .bulk(request("application/x-ndjson", body));
    assertThat(answer.getStatusCode().value()).isEqualTo(200);
    JsonNode items = JSON.readTree(answer.getBody()).get("items");
    assertThat(items.valueStream().map((item) -> item.iterator().next().get("status").asInt()))
        .containsExactly(201, 400, 201, 400, 400, 400, 400, 400);
    assertThat(tester.intake.messages()).containsExactly("a", "b");
    assertThat(tester.metrics.rejected())
        .containsEntry("parse_error", 5L)
        .containsEntry("time_out_of_range", 1L);
  }

  @Test
  void loki_storesTheGoodEntries_andReportsTheBadOne() throws Exception {
    String body =
        """
        {"streams":[{"stream":{"app":"a"},"values":[["1763600000000000007","one"],["soon","bad time"],
          ["1763600000000000008",5],7,["1763600000000000009","two"]]},
          {"labels":"{broken","entries":[{"ts":"2025-11-20T00:53:20.5Z","line":"bad labels"}]},
          {"labels":"{app=\\"b\\"}","entries":[{"ts":"2025-11-20T00:53:20.5Z","line":"three"}]}]}
        """;
    var answer =
        new LokiController(tester.input, tester.properties).push(request("application/json", body));
    assertThat(answer.getStatusCode().value()).isEqualTo(400);
    assertThat(answer.getBody())
        .startsWith("4 of 7 entries are rejected, the first of them number 2: The time 'soon'");
    assertThat(tester.intake.messages()).containsExactly("one", "two", "three");
    assertThat(tester.metrics.rejected()).containsEntry("parse_error", 4L);
  }

  @Test
  void lokiProtobuf_rejectsTheMalformedEntry() throws Exception {
    Proto time = new Proto().number(1, 1763600000);
    byte[] push =
        new Proto()
            .message(
                1,
                new Proto()
                    .text(1, "{app=\"a\"}")
                    .message(2, new Proto().message(1, time).text(2, "one"))
                    .bytes(2, new byte[] {0x12, 0x7f, 'x'})
                    .message(2, new Proto().message(1, time).text(2, "two")))
            .bytes();
    var answer =
        new LokiController(tester.input, tester.properties)
            .push(request("application/x-protobuf", snappy(push)));
    assertThat(answer.getStatusCode().value()).isEqualTo(400);
    assertThat(answer.getBody())
        .startsWith("1 of 3 entries are rejected, the first of them number 2");
    assertThat(tester.intake.messages()).containsExactly("one", "two");
  }

  private static Proto attribute(String name, Proto value) {
    return new Proto().text(1, name).message(2, value);
  }

  @Test
  void otlpProtobuf_rejectsTheMalformedRecord_andSkipsUnknownFields() throws Exception {
    Proto unknown = new Proto().message(15, new Proto().text(1, "x"));
    Proto nested = unknown;
    for (int i = 0; i < 2000; i++) {
      nested = new Proto().message(5, new Proto().message(1, nested));
    }
    Proto good =
        new Proto()
            .message(5, new Proto().text(1, "one"))
            .message(6, attribute("new", unknown))
            .message(6, attribute("deep", nested))
            .message(6, attribute("a", new Proto().text(1, "b")));
    Proto scope =
        new Proto()
            .message(2, good)
            .bytes(2, new byte[] {0x2a, 0x7f})
            .message(2, new Proto().message(5, unknown).message(6, attribute("k", unknown)))
            .message(2, new Proto().message(5, new Proto().text(1, "two")));
    byte[] body = new Proto().message(1, new Proto().message(2, scope)).bytes();
    var answer =
        new OtlpController(tester.input, tester.properties)
            .logs(request("application/x-protobuf", body));
    assertThat(answer.getStatusCode().value()).isEqualTo(200);
    assertThat(answer.getBody()).startsWith(1 << 3 | 2);
    assertThat(new String(answer.getBody(), StandardCharsets.UTF_8)).contains("protocol buffer");
    assertThat(tester.intake.messages()).containsExactly("one", "", "two");
    assertThat(tester.record(0)).containsEntry("a", "b").doesNotContainKey("new");
    assertThat(tester.metrics.rejected()).containsEntry("parse_error", 1L);
  }

  @Test
  void otlpJson_rejectsInvalidRecords() throws Exception {
    var answer =
        new OtlpController(tester.input, tester.properties)
            .logs(
                request(
                    "application/json",
                    """
                    {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"one"}},5,
                      {"body":"odd","timeUnixNano":"soon","severityNumber":"x","attributes":7},
                      {"body":{"stringValue":"two"}}]},{"logRecords":{}}]},3,{"resource":{}}]}
                    """));
    assertThat(new String(answer.getBody(), StandardCharsets.UTF_8))
        .startsWith("{\"partialSuccess\":{\"rejectedLogRecords\":\"4\"");
    assertThat(tester.intake.messages()).containsExactly("one", "", "two");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          {"kvlistValue":{"values":[{"key":"level","value":{"stringValue":"error"}},{"key":"msg","value":{"stringValue":"m"}},{"key":"user","value":{"stringValue":"eve"}}]}} => ERROR
          {"kvlistValue":{"values":[{"key":"log","value":{"stringValue":"m"}},{"key":"user","value":{"stringValue":"eve"}}]}} => WARN
          {"stringValue":"{\\"severity\\":\\"fatal\\",\\"message\\":\\"m\\",\\"user\\":\\"eve\\"}"} => FATAL
          """)
  void otlpBody_thatIsARecord_setsItsFields(String body, String level) throws Exception {
    String severity = level.equals("WARN") ? ",\"severityText\":\"warn\"" : "";
    new OtlpController(tester.input, tester.properties)
        .logs(
            request(
                "application/json",
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"1763600000000000000\",\"body\":"
                    + body
                    + severity
                    + "}]}]}]}"));
    assertThat(tester.record(0))
        .containsEntry("_msg", "m")
        .containsEntry("user", "eve")
        .containsEntry("level", level)
        .containsEntry("_time", "2025-11-20T00:53:20Z");
  }
}
