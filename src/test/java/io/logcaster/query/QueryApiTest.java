package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.Api;
import io.logcaster.RunningServer;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RunningServer
class QueryApiTest {

  private static final JsonMapper JSON = new JsonMapper();

  private static final String RECORDS =
      """
      {"_time":"2026-01-02T03:04:05Z","app":"query-api","host":"a","level":"ERROR","_msg":"first, \\"quoted\\"","ms":"10"}
      {"_time":"2026-01-02T03:04:06Z","app":"query-api","host":"a","level":"INFO","_msg":"second","ms":"20"}
      {"_time":"2026-01-02T03:05:07Z","app":"query-api","host":"b","level":"INFO","_msg":"third","ms":"30"}
      """;

  private static boolean sent;

  private final Api api;

  QueryApiTest(@LocalServerPort int port) {
    api = new Api(port);
  }

  @BeforeEach
  void sendRecordsOnce() {
    if (!sent) {
      assertThat(api.post("/api/v1/records", "application/x-ndjson", RECORDS).statusCode())
          .isEqualTo(200);
      sent = true;
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(query("* | count() n", "").body()).contains("\"n\":\"3\""));
  }

  private HttpResponse<String> query(String query, String arguments, String... headers) {
    return ask("query", "{app=\"query-api\"} " + query, arguments, headers);
  }

  private HttpResponse<String> ask(String path, String query, String arguments, String... headers) {
    return api.get(
        "/api/v1/"
            + path
            + "?query="
            + URLEncoder.encode(query, StandardCharsets.UTF_8)
            + arguments,
        headers);
  }

  private JsonNode json(String path, String query, String arguments) {
    HttpResponse<String> answer = ask(path, "{app=\"query-api\"} " + query, arguments);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  @Test
  void query_streamsRowsAsNdjson() {
    HttpResponse<String> answer = query("| fields _msg, ms | sort by (ms)", "");
    assertThat(answer.headers().firstValue("content-type"))
        .hasValueSatisfying((type) -> assertThat(type).startsWith("application/x-ndjson"));
    assertThat(answer.body())
        .isEqualTo(
            """
            {"_msg":"first, \\"quoted\\"","ms":"10"}
            {"_msg":"second","ms":"20"}
            {"_msg":"third","ms":"30"}
            """);
  }

  @Test
  void query_asJson_isAnArray() {
    HttpResponse<String> answer =
        query("| fields ms | sort by (ms desc) | limit 1", "", "Accept", "application/json");
    assertThat(JSON.readTree(answer.body())).isEqualTo(JSON.readTree("[{\"ms\":\"30\"}]"));
  }

  @Test
  void query_asCsv_quotesWhatNeedsQuotes() {
    HttpResponse<String> answer =
        query("ms:=10 | fields _msg, ms, missing", "", "Accept", "text/csv");
    assertThat(answer.body()).isEqualTo("_msg,ms,missing\r\n\"first, \"\"quoted\"\"\",10,\r\n");
  }

  @Test
  void query_withAFormat_needsNoHeader() {
    assertThat(query("| fields ms | sort by (ms desc) | limit 1", "&format=json").body())
        .isEqualTo(
            query("| fields ms | sort by (ms desc) | limit 1", "", "Accept", "application/json")
                .body());
    assertThat(query("ms:=20 | fields ms", "&format=ndjson", "Accept", "text/csv").body())
        .isEqualTo("{\"ms\":\"20\"}\n");
  }

  @Test
  void query_withLimit_givesTheNewestRecords() {
    assertThat(query("| fields _time, ms", "&limit=2").body())
        .isEqualTo(
            """
            {"_time":"2026-01-02T03:05:07Z","ms":"30"}
            {"_time":"2026-01-02T03:04:06Z","ms":"20"}
            """);
  }

  @Test
  void unpackSyslog_datesLinesByTheClock_notByTheEndOfTheRequest() {
    String line = "<34>Jan  2 22:14:15 mymachine su: failed";
    String pipes =
        "| limit 1 | format `"
            + line.replace("<", "&lt;").replace(">", "&gt;")
            + "` | unpack_syslog | fields timestamp";
    String now = query(pipes, "").body();
    assertThat(now).contains("-01-02T22:14:15");
    assertThat(query(pipes, "&end=2026-01-03Z").body()).isEqualTo(now);
  }

  @Test
  void hits_withAnOffsetThatIsNoMultipleOfTheStep_beginsBucketsThere() {
    String range = "&start=2026-01-02&end=2026-01-03";
    assertThat(
            json("hits", "", "&step=1h&offset=25m" + range).at("/hits/0/timestamps/0").asString())
        .isEqualTo("2026-01-01T23:35:00Z");
    assertThat(json("hits", "", "&step=1d&offset=2h" + range).at("/hits/0/timestamps/0").asString())
        .isEqualTo("2026-01-01T22:00:00Z");
    assertThat(
            json("stats_query_range", "| stats count() n", "&step=1d&offset=2h" + range)
                .at("/data/result/0/values/0/0")
                .asLong())
        .isEqualTo(1_767_304_800);
  }

  @Test
  void query_withTheLargestLimitOrOffset_isAnswered() {
    String most = "9223372036854775807";
    assertThat(query("| fields ms", "&limit=" + most + "&offset=1").body().lines()).hasSize(2);
    assertThat(query("| fields ms", "&limit=" + most + "&offset=" + most).body()).isEmpty();
    assertThat(query("| fields ms", "&limit=1e30").body().lines()).hasSize(3);
    assertThat(query("| fields ms | limit " + most + " | offset 1", "").body().lines()).hasSize(2);
    assertThat(query("| sort by (ms) offset " + most + " limit " + most, "").body()).isEmpty();
    assertThat(query("| sort by (ms) offset 1 limit " + most, "").body().lines()).hasSize(2);
    assertThat(query("| stream_context before " + most + " after " + most, "").body().lines())
        .hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void query_withinARange_excludesOtherTimes() {
    assertThat(query("| fields ms", "&start=2026-01-02T03:04:06Z&end=2026-01-02T03:05Z").body())
        .isEqualTo("{\"ms\":\"20\"}\n");
  }

  @Test
  void query_untilADay_endsWhereTheDayBegins() {
    assertThat(query("| count() n", "&start=2026-01-02&end=2026-01-02").body())
        .isEqualTo("{\"n\":\"0\"}\n");
    assertThat(query("| count() n", "&start=2026-01-02&end=2026-01-03").body())
        .isEqualTo("{\"n\":\"3\"}\n");
    assertThat(query("| count() n", "&end=2026-01-02T03:04:05Z").body())
        .isEqualTo("{\"n\":\"0\"}\n");
    assertThat(query("| count() n", "&end=2026-01-02T03:04:05.000000001Z").body())
        .isEqualTo("{\"n\":\"1\"}\n");
  }

  @Test
  void query_withRelativeTimes_countsThemFromItsTimeOrEnd() {
    assertThat(query("_time:2s | fields ms", "&end=2026-01-02T03:05:08Z").body())
        .isEqualTo("{\"ms\":\"30\"}\n");
    assertThat(query("_time:1d | count() n", "&time=2026-01-03Z").body())
        .isEqualTo("{\"n\":\"3\"}\n");
    assertThat(query("_time:1d | count() n", "&time=2026-01-02Z").body())
        .isEqualTo("{\"n\":\"0\"}\n");
  }

  @Test
  void query_asCsvWithoutNamedColumns_hasTheFieldsOfAllRows() {
    HttpResponse<String> answer =
        query(
            "| sort by (ms) | extract if (ms:=20) \"s<rest>\" | delete _time, _stream, _stream_id,"
                + " app",
            "&format=csv");
    assertThat(answer.headers().firstValue("content-type")).hasValue("text/csv;charset=UTF-8");
    assertThat(answer.body().lines().findFirst().orElseThrow().split(","))
        .containsExactlyInAnyOrder("_msg", "host", "level", "ms", "rest");
    assertThat(answer.body()).contains("econd").contains("\"first, \"\"quoted\"\"\"");
  }

  @Test
  void rows_areCompressedInEveryFormat() {
    for (String path :
        List.of("/select/logsql/query?", "/api/v1/query?", "/api/v1/query?format=csv&")) {
      HttpResponse<String> answer =
          api.get(path + "query=app:=query-api", "Accept-Encoding", "gzip");
      assertThat(answer.headers().firstValue("content-encoding")).as(path).hasValue("gzip");
    }
  }

  @Test
  void statsQuery_withoutAResultLeft_isRefused() {
    HttpResponse<String> answer =
        ask("stats_query", "* | stats by (level) count() n | delete n", "");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("keeps no result");
  }

  @Test
  void statsQueryRange_withLimitOrOffset_isRefused() {
    HttpResponse<String> answer =
        ask("stats_query_range", "* | stats by (level) count() n | limit 1", "");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("in each bucket");
  }

  @Test
  void query_withASyntaxError_namesThePosition() {
    JsonNode problem = JSON.readTree(ask("query", "error |\n nonsense(", "").body());
    assertThat(problem.get("status").asInt()).isEqualTo(400);
    assertThat(problem.get("code").asString()).isEqualTo("query_syntax");
    assertThat(problem.get("line").asInt()).isEqualTo(2);
    assertThat(problem.get("column").asInt()).isEqualTo(2);
  }

  @Test
  void request_withoutQuery_isRefused() {
    HttpResponse<String> answer = api.get("/api/v1/query");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(answer.body()).get("code").asString()).isEqualTo("missing_parameter");
  }

  @Test
  void query_asForm_isTheSameOnTheOtherMount() {
    HttpResponse<String> answer =
        api.post(
            "/select/logsql/query",
            "application/x-www-form-urlencoded",
            "query=app%3A%3Dquery-api+%7C+count()+n");
    assertThat(answer.body()).isEqualTo("{\"n\":\"3\"}\n");
  }

  @Test
  void query_withExtraFilters_appliesThem() {
    assertThat(query("| count() n", "&extra_filters=%7B%22host%22%3A%22a%22%7D").body())
        .isEqualTo("{\"n\":\"2\"}\n");
    assertThat(query("| count() n", "&extra_stream_filters=%7Bhost%3D%22b%22%7D").body())
        .isEqualTo("{\"n\":\"1\"}\n");
  }

  @Test
  void hits_areCountedInBucketsOfEachGroup() {
    assertThat(json("hits", "*", "&step=1m&field=level"))
        .isEqualTo(
            JSON.readTree(
                """
                {"hits":[
                  {"fields":{"level":"INFO"},"timestamps":["2026-01-02T03:04:00Z","2026-01-02T03:05:00Z"],"values":[1,1],"total":2},
                  {"fields":{"level":"ERROR"},"timestamps":["2026-01-02T03:04:00Z","2026-01-02T03:05:00Z"],"values":[1,0],"total":1}]}
                """));
  }

  @Test
  void facets_giveTheValuesOfEachField() {
    JsonNode facets = json("facets", "*", "&limit=1").get("facets");
    assertThat(facets.toString())
        .contains("{\"field_name\":\"level\",\"values\":[{\"field_value\":\"INFO\",\"hits\":2}]}");
    assertThat(facets.valueStream().map((facet) -> facet.get("field_name").asString()))
        .contains("level", "host")
        .doesNotContain("app");
  }

  @Test
  void fieldNamesAndValues_areCounted() {
    assertThat(json("field_names", "*", "").toString()).contains("{\"value\":\"ms\",\"hits\":3}");
    assertThat(json("field_values", "*", "&field=level").toString())
        .isEqualTo(
            "{\"values\":[{\"value\":\"INFO\",\"hits\":2},{\"value\":\"ERROR\",\"hits\":1}]}");
  }

  @Test
  void streams_areListedWithTheirFields() {
    assertThat(json("streams", "*", "&limit=1").toString()).contains("query-api", "\"hits\":2");
    assertThat(json("stream_field_names", "*", "").toString())
        .contains("{\"value\":\"app\",\"hits\":3}");
    assertThat(json("stream_field_values", "*", "&field=host").toString())
        .isEqualTo("{\"values\":[{\"value\":\"a\",\"hits\":2},{\"value\":\"b\",\"hits\":1}]}");
    assertThat(json("stream_ids", "*", "").get("values").size()).isEqualTo(2);
  }

  @Test
  void statsQuery_isAVector() {
    JsonNode answer =
        json("stats_query", "| stats by (level) count() n", "&time=2026-01-02T04:00:00Z");
    assertThat(answer.get("data").get("resultType").asString()).isEqualTo("vector");
    assertThat(answer.get("data").get("result").toString())
        .contains("\"metric\":{\"__name__\":\"n\",\"level\":\"ERROR\"}")
        .contains("\"value\":[1767326400,\"2\"]");
  }

  @Test
  void statsQuery_followsRenamedAndCalculatedColumns() {
    JsonNode answer =
        json(
            "stats_query",
            "| stats by (level) count() n | math n * 2 as twice | rename n as m, level as l"
                + " | format \"<l>!\" as loud | delete m",
            "&time=2026-01-02T04:00:00Z");
    assertThat(answer.get("data").get("result").toString())
        .contains("\"metric\":{\"__name__\":\"twice\",\"l\":\"ERROR\",\"loud\":\"ERROR!\"}")
        .contains("\"4\"")
        .doesNotContain("\"__name__\":\"m\"");
  }

  @Test
  void statsQueryRange_choosesInEachBucket() {
    JsonNode answer =
        json(
            "stats_query_range",
            "| stats by (level) count() n | first 1 by (level) | fields level, n",
            "&step=1m");
    assertThat(answer.get("data").get("result").toString())
        .contains("[1767323040,")
        .contains("[1767323100,");
  }

  @Test
  void pagesBesideAResult_lookAtTheRecords() {
    assertThat(
            json("hits", "| stats count() n", "&step=60").get("hits").get(0).get("total").asInt())
        .isEqualTo(json("hits", "", "&step=1m").get("hits").get(0).get("total").asInt());
    assertThat(json("field_names", "| fields ms", "&ignore_pipes=1").get("values").size())
        .isGreaterThan(2);
    assertThat(json("field_names", "| fields ms", "").get("values").size()).isEqualTo(1);
  }

  @Test
  void statsQuery_ofRecords_isRefused() {
    HttpResponse<String> answer = ask("stats_query", "error", "");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("stats pipe");
  }

  @Test
  void statsQueryRange_isAMatrix() {
    JsonNode answer = json("stats_query_range", "| stats by (level) count() n", "&step=1m");
    assertThat(answer.get("data").get("result").toString())
        .contains("\"values\":[[1767323040,\"1\"],[1767323100,\"1\"]]");
  }

  @Test
  void context_isOfTheSameStream() {
    JsonNode row = JSON.readTree(query("second", "").body());
    String id = row.get("_stream_id").asString() + "@" + row.get("_time").asString();
    JsonNode context = JSON.readTree(api.get("/api/v1/context?id=" + id).body());
    assertThat(context.get("before").size()).isEqualTo(1);
    assertThat(context.get("before").get(0).get("ms").asString()).isEqualTo("10");
    assertThat(context.get("records").get(0).get("ms").asString()).isEqualTo("20");
    assertThat(context.get("after").size()).isZero();
  }

  @Test
  void patterns_giveTemplatesWithCounts() {
    JsonNode patterns = json("patterns", "level:=INFO", "&parts=2").get("patterns");
    assertThat(patterns.size()).isEqualTo(2);
    assertThat(patterns.get(0).get("pattern").asString()).isEqualTo("second");
    assertThat(patterns.get(0).get("trend").toString()).isEqualTo("[1,0]");
    assertThat(patterns.get(1).get("example").asString()).isEqualTo("third");
  }

  @Test
  void explain_printsTheCanonicalQuery() {
    JsonNode answer =
        JSON.readTree(ask("explain", "foo AND (bar OR *) | where x:1 | head 5", "").body());
    assertThat(answer.get("canonical").asString()).isEqualTo("foo x:1 | limit 5");
    JsonNode run = json("explain", "* | count()", "&run=true").get("run");
    assertThat(run.get("rowsFound").asLong()).isEqualTo(3);
    assertThat(run.get("rowsReturned").asLong()).isEqualTo(1);
  }
}
