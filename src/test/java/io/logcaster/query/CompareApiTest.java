package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.logcaster.Api;
import io.logcaster.RunningServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What sets the records of a range or a query apart, over HTTP. */
@RunningServer
class CompareApiTest {

  private final Api api;

  CompareApiTest(@LocalServerPort int port) {
    api = new Api(port);
  }

  private static void add(StringBuilder lines, int hour, int count, String app, String rest) {
    for (int i = 0; i < count; i++) {
      lines.append(
          "{\"_time\":\"2026-03-01T%02d:%02d:00Z\",\"app\":\"%s\",%s}%n"
              .formatted(hour, i % 60, app, rest.replace("#", Integer.toString(i))));
    }
  }

  private void send(StringBuilder lines) {
    assertThat(api.post("/api/v1/records", "application/x-ndjson", lines.toString()).statusCode())
        .isEqualTo(200);
  }

  private String compare(String query, String arguments) {
    return api.get(
            "/api/v1/compare?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + arguments)
        .body();
  }

  private static String between(int from, int to) {
    return "&start=2026-03-01T%02d:00:00Z&end=2026-03-01T%02d:00:00Z".formatted(from, to);
  }

  @Test
  void range_isComparedWithTheRestOfItsBase() {
    StringBuilder lines = new StringBuilder();
    for (int hour = 6; hour < 12; hour++) {
      add(lines, hour, 60, "bump", "\"_msg\":\"request # done\",\"region\":\"eu\",\"ms\":#");
    }
    add(
        lines,
        9,
        120,
        "bump",
        "\"_msg\":\"pool # is empty\",\"region\":\"us \\\"1\\\"\",\"ms\":9#");
    send(lines);
    String base = "&baseStart=2026-03-01T06:00:00Z&baseEnd=2026-03-01T12:00:00Z";
    String answer = compare("app:=bump", between(9, 10) + base);
    assertThat(JsonPath.<Integer>read(answer, "$.inside")).isEqualTo(180);
    assertThat(JsonPath.<Integer>read(answer, "$.outside")).isEqualTo(300);
    assertThat(JsonPath.<String>read(answer, "$.fields[0].field")).isIn("ms", "region");
    assertThat(JsonPath.<Integer>read(answer, "$.fields[0].inside")).isIn(60, 120);
    assertThat(JsonPath.<List<String>>read(answer, "$.fields[*].filter"))
        .contains("region:=\"us \\\"1\\\"\"")
        .anyMatch((filter) -> filter.startsWith("ms:>="));
    assertThat(JsonPath.<String>read(answer, "$.templates[0].template"))
        .isIn("pool <*> is empty", "request <*> done");
    assertThat(JsonPath.<List<Integer>>read(answer, "$.templates[*].outside"))
        .containsExactlyInAnyOrder(0, 300);
    // Without a base, the hour before.
    assertThat(JsonPath.<Integer>read(compare("app:=bump", between(9, 10)), "$.outside"))
        .isEqualTo(60);
    assertThat(
            JsonPath.<List<String>>read(
                compare("app:=bump", between(9, 10) + base + "&limit=1"), "$.fields"))
        .hasSize(1);
  }

  @Test
  void query_isComparedWithAnother_overTheSameRange() {
    StringBuilder lines = new StringBuilder();
    add(lines, 14, 100, "sides", "\"_msg\":\"failed #\",\"level\":\"ERROR\",\"node\":\"n3\"");
    add(lines, 14, 300, "sides", "\"_msg\":\"fine #\",\"level\":\"INFO\",\"node\":\"n#\"");
    send(lines);
    String answer =
        compare(
            "app:=sides level:=ERROR",
            between(14, 15)
                + "&baseStart=2026-03-01T14:00:00Z&baseEnd=2026-03-01T15:00:00Z&baseQuery="
                + URLEncoder.encode("app:=sides level:=INFO", StandardCharsets.UTF_8));
    assertThat(JsonPath.<Integer>read(answer, "$.inside")).isEqualTo(100);
    assertThat(JsonPath.<Integer>read(answer, "$.outside")).isEqualTo(300);
    assertThat(JsonPath.<List<String>>read(answer, "$.fields[*].filter")).contains("node:=n3");
  }

  @Test
  void curves_areCountedInPartsOfBothRanges_andEqualOnesGrouped() {
    StringBuilder lines = new StringBuilder();
    for (int hour = 16; hour < 20; hour++) {
      add(lines, hour, 60, "curve", "\"_msg\":\"request # done\",\"region\":\"eu\"");
    }
    add(lines, 18, 120, "curve", "\"_msg\":\"pool # is empty\",\"region\":\"us\"");
    send(lines);
    String answer =
        api.post(
                "/api/v1/compare/curves",
                "application/x-www-form-urlencoded",
                "query=app:%3Dcurve"
                    + between(18, 19)
                    + "&baseStart=2026-03-01T16:00:00Z&baseEnd=2026-03-01T20:00:00Z&parts=4"
                    + "&filter=region:%3Dus&filter=region:%3Deu&filter=region:*"
                    + "&template=pool+%3C*%3E+is+empty&template=request+%3C*%3E+done&template=no")
            .body();
    assertThat(JsonPath.<List<Integer>>read(answer, "$.records.inside"))
        .containsExactly(45, 45, 45, 45);
    assertThat(JsonPath.<List<Integer>>read(answer, "$.records.outside"))
        .as("without those inside")
        .containsExactly(60, 60, 0, 60);
    assertThat(JsonPath.<List<List<Integer>>>read(answer, "$.curves[*].inside"))
        .containsExactly(
            List.of(30, 30, 30, 30),
            List.of(15, 15, 15, 15),
            List.of(45, 45, 45, 45),
            List.of(30, 30, 30, 30),
            List.of(15, 15, 15, 15),
            List.of(0, 0, 0, 0));
    assertThat(JsonPath.<List<List<Integer>>>read(answer, "$.curves[*].outside"))
        .startsWith(List.of(0, 0, 0, 0), List.of(60, 60, 0, 60), List.of(60, 60, 0, 60));
    assertThat(JsonPath.<List<List<Integer>>>read(answer, "$.groups"))
        .containsExactly(List.of(0, 3), List.of(1, 4), List.of(2), List.of(5));
  }

  @Test
  void wrongArguments_areNamed() {
    String curves = "/api/v1/compare/curves?query=*" + between(8, 9);
    assertThat(api.get(curves + "&parts=0").body()).contains("invalid_parameter", "parts");
    assertThat(api.get(curves + "&filter=(").body()).contains("query_syntax");
    assertThat(api.get(curves + "&filter=a".repeat(101)).body()).contains("'filter'", "100");
    assertThat(compare("*", "")).contains("missing_parameter", "start");
    assertThat(compare("*", between(9, 8))).contains("invalid_parameter", "start");
    assertThat(compare("(", between(8, 9))).contains("query_syntax");
    assertThat(compare("*", between(8, 9) + "&baseQuery=(")).contains("query_syntax");
    assertThat(compare("*", between(8, 9) + "&baseStart=now&baseEnd=2020"))
        .contains("invalid_parameter", "baseStart");
  }
}
